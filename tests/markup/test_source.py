"""Bytes to text."""

import pytest

from course.markup.findings import Findings, Place
from course.markup.source import decode


def decoded(data: bytes) -> tuple[str | None, list[tuple[str, Place]]]:
    findings = Findings()
    text = decode(data, "a.md", findings)
    return text, [(finding.rule, finding.place) for finding in findings]


def test_a_byte_order_mark_and_carriage_returns_disappear() -> None:
    assert decoded(b"\xef\xbb\xbfa\r\nb\rc\n") == ("a\nb\nc\n", [])


def test_a_byte_that_is_not_utf8_is_named_by_line_and_column() -> None:
    assert decoded(b"one\r\ntw\xe9\n") == (None, [("not-utf8", Place("a.md", 2, 3))])


def test_the_column_counts_characters_not_bytes() -> None:
    assert decoded("é\n\u00e9\u00e9".encode() + b"\xff") == (None, [("not-utf8", Place("a.md", 2, 3))])


@pytest.mark.parametrize("control", ["\x00", "\x02", "\x0b", "\x1b", "\x7f"])
def test_control_characters_are_refused(control: str) -> None:
    assert decoded(f"a\nb{control}".encode()) == (None, [("control-character", Place("a.md", 2, 2))])


def test_tabs_are_fine() -> None:
    assert decoded(b"a\tb") == ("a\tb", [])


def test_a_large_file_is_refused_before_it_is_read() -> None:
    assert decoded(b"\xff" * 400_001) == (None, [("file-size", Place("a.md"))])
