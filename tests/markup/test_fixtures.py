"""Tiny lessons with the expected HTML beside them. `UPDATE=1` writes it anew, for reading before a commit."""

import os
from pathlib import Path

import pytest

from tests.markup.show import read, show

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.md"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_fixture_renders_as_expected(path: Path) -> None:
    slots = ((5, 8, "which"),) if path.stem == "slots" else ()
    document, findings = read(path.read_text(), slots)
    shown = show(document) + "".join(f"!! {finding}\n" for finding in findings)
    expected = path.with_suffix(".html")
    if os.environ.get("UPDATE"):
        expected.write_text(shown)
    assert shown == expected.read_text()


def test_rendering_twice_gives_the_same() -> None:
    for path in FIXTURES:
        assert read(path.read_text())[0] == read(path.read_text())[0]
