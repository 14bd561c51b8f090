"""The style sheets keep their own law: layers, logical sides, no fonts to fetch, no inline style, little weight."""

import gzip
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "course/web"
SHEETS = sorted((WEB / "static").rglob("*.css"))
EVERYWHERE = sorted((WEB / "static/css").glob("*.css"))
"""Those that every page loads."""
SCRIPTS = sorted((WEB / "static/js").glob("*.js"))
TEMPLATES = sorted(Path(WEB.parent).rglob("templates/**/*.html"))
LAYERS = {"reset", "tokens", "base", "layout", "components", "utilities"}

PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset)-(left|right|top|bottom)|left|right|top|bottom|(min-|max-)?(width|height))\s*:"
    r"|text-align:\s*(left|right)|float:\s*(left|right)"
)


def rules(css: str) -> str:
    """The declarations of a sheet: no comments, and no media queries, which know no logical sides."""
    return re.sub(r"/\*.*?\*/|@media[^{]*", "", css, flags=re.S)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_a_style_sheet_says_start_and_end_so_that_it_can_be_mirrored(sheet: Path) -> None:
    assert not PHYSICAL.search(rules(sheet.read_text()))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_every_rule_stands_in_one_of_the_layers(sheet: Path) -> None:
    named = re.findall(r"@layer ([\w, ]+?)\s*[{;]", sheet.read_text())
    assert named
    assert {name.strip() for names in named for name in names.split(",")} <= LAYERS
    outside = re.sub(r"@layer \w+ \{.*?\n\}", "", re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S), flags=re.S)
    assert "{" not in outside


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_nothing_is_fetched_by_a_style_sheet(sheet: Path) -> None:
    assert not re.search(r"url\(|@import|@font-face", sheet.read_text())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: p.name)
def test_no_template_writes_style_or_script_into_a_page(template: Path) -> None:
    html = template.read_text()
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*src=)", html)


def test_the_style_sheets_and_scripts_stay_light() -> None:
    css = re.sub(r"/\*.*?\*/", "", "".join(sheet.read_text() for sheet in EVERYWHERE), flags=re.S)
    js = re.sub(r"^\s*//.*\n", "", "".join(script.read_text() for script in SCRIPTS), flags=re.M)
    assert len(gzip.compress(css.encode())) < 9_700
    assert len(gzip.compress(js.encode())) < 4_600


def test_scripts_share_one_module_and_so_name_nothing_twice() -> None:
    names = [
        name for script in SCRIPTS for name in re.findall(r"^(?:const|let|function) (\w+)", script.read_text(), re.M)
    ]
    assert len(names) == len(set(names))
    assert not [s.name for s in SCRIPTS if re.search(r"^\s*(import|export)\b", s.read_text(), re.M)]


def test_every_name_of_a_token_that_is_used_exists() -> None:
    css = "\n".join(sheet.read_text() for sheet in SHEETS)
    used, made = set(re.findall(r"var\(--([\w-]+)", css)), set(re.findall(r"--([\w-]+)\s*:", css))
    assert used <= made
