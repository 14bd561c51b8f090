"""Every page's HTML is valid, says the Nu checker."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests import nu
from tests.pages.fetched import Fetched
from tests.pages.listed import PAGES
from tests.pages.pairs import in_turn as turn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EXCUSED = (
    # Comparisons and charts become blocks on narrow screens; without roles some browsers then stop saying "table".
    r"The “role” attribute must not be used on a “t[hdr]” element which has a “table” ancestor",
)


@pytest.fixture
def checker() -> list[str]:
    found = nu.find()
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(nu.HELP)
    assert found is not None
    return found


def test_every_page_is_valid_html(fetched: list[Fetched], checker: list[str], tmp_path: Path) -> None:
    """Each in one language; they take turns. A page that is wrong is among them, so that silence means something."""
    in_turn = [one for one in fetched if one.language == turn(PAGES.index(one.page), one.page.languages).language]
    (tmp_path / "wrong.html").write_text("<!doctype html><html lang=en><title>t</title><p><ul></p>")
    check(in_turn, checker, tmp_path, wrong={"wrong"})


@pytest.mark.slow
def test_every_page_is_valid_html_in_all_languages(fetched: list[Fetched], checker: list[str], tmp_path: Path) -> None:
    check(fetched, checker, tmp_path, wrong=set())


def check(pages: list[Fetched], checker: list[str], folder: Path, wrong: set[str]) -> None:
    """One run of the checker over all pages: starting it takes longer than reading them."""
    for one in pages:
        (folder / f"{one}.html").write_text(one.reply.text)
    asked = [*checker, "--format", "json", "--exit-zero-always", os.fspath(folder)]
    done = subprocess.run(asked, capture_output=True, text=True)
    found = {
        f"{m['message']} {m.get('extract', '')!r}": Path(m["url"]).stem
        for m in json.loads(done.stderr or done.stdout)["messages"]
        if m["type"] != "info" and not any(re.match(pattern, m["message"]) for pattern in EXCUSED)
    }
    assert {*found.values()} == wrong, "\n".join(["", *(f"{page}: {message}" for message, page in found.items())])
