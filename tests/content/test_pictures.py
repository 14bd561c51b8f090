"""Pictures: measured without being drawn, and only ever pictures."""

import base64
import struct
import time

import pytest

from course.content.sources.image_size import image_size
from course.content.sources.svg import check_svg
from course.markup.findings import Findings

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def rules(inside: str, before: str = "") -> list[str]:
    findings = Findings()
    check_svg((before + OPEN + inside + "</svg>").encode(), findings)
    return [found.rule for found in findings]


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h9" style="fill:url(#a)"/>',
        "<style>.a { fill: #345 } .b { fill: url(#a) }</style>",
        '<use href="#a"/><use xlink:href="#a"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<title>A title</title><text>alert(1)</text>",
        '<text style="font-family: Georgia, serif" aria-label="a \\ b">x</text>',
    ],
)
def test_what_only_draws_is_accepted(inside: str) -> None:
    assert rules(inside) == []


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
        '<rect onclick="alert(1)"/>',
        '<rect ONLOAD="alert(1)"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<a href="https://example.org"><text>x</text></a>',
        '<image href="https://example.org/x.png"/>',
        '<image xlink:href="//example.org/x.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<use href="other.svg#a"/>',
        '<rect style="fill:url(https://example.org/x)"/>',
        "<rect fill=\"url( 'https://example.org/x' )\"/>",
        "<style>@import 'https://example.org/x.css';</style>",
        "<style>.a { background: url(//example.org/x) }</style>",
        "<style>.a { background: u\\72l(//example.org/x) }</style>",
        '<animate attributeName="href" to="#x"/>',
        '<set attributeName="xlink:href" to="javascript:alert(1)"/>',
    ],
)
def test_what_runs_or_loads_anything_is_refused(inside: str) -> None:
    assert "unsafe-picture" in rules(inside)


def test_entities_and_style_sheets_are_refused_before_they_do_anything() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "x"}{"x" * 9}">' for n in range(30))
    started = time.perf_counter()
    assert rules("<text>&a29;</text>", f"<!DOCTYPE svg [{bomb}]>") == ["unsafe-picture"]
    assert time.perf_counter() - started < 0.1
    assert rules("", '<?xml-stylesheet href="x.css"?>') == ["unsafe-picture"]


@pytest.mark.parametrize(
    "data", [b"", b"<svg", b"\xff\xfe<", b"<?xml version='1.0' encoding='x-none'?><svg/>", b"<html/>"]
)
def test_what_is_no_svg_is_a_finding(data: bytes) -> None:
    findings = Findings()
    check_svg(data, findings)
    assert findings.errors


def test_deep_and_endless_drawings_are_refused_soon() -> None:
    started = time.perf_counter()
    assert rules("<g>" * 50_000) == ["unsafe-picture"]
    assert rules("<g/>" * 50_000) == ["unsafe-picture"]
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="120" height="80"', (120, 80)),
        ('width="12.4px" height="8px" viewBox="0 0 1 1"', (12, 8)),
        ('viewBox="0 0 300 150"', (300, 150)),
        ('viewBox="0,0,300,150" width="100%"', (300, 150)),
        ('width="0" height="5"', None),
        ('viewBox="0 0 nan 1"', None),
        ('width=" 9 px " height=".6"', (9, 1)),
        (f'width="{"1" * 200_000}x" height="5"', None),
        (f'width="{"9" * 400}" height="5"', None),
        ("", None),
    ],
)
def test_an_svg_is_as_large_as_it_says(attributes: str, size: tuple[int, int] | None) -> None:
    assert check_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode(), Findings()) == size


GIF = b"GIF89a" + struct.pack("<HH", 7, 5) + b"\0\0\0"
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc0\0\x11\x08" + struct.pack(">HH", 5, 7) + b"\x03"
WEBP_LOSSY = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
WEBP_LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L\x0a\0\0\0\x2f" + struct.pack("<I", 6 | 4 << 14)
WEBP_EXTENDED = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (6).to_bytes(3, "little") + (4).to_bytes(3, "little")
AVIF = b"\0\0\0\x1cftypavif" + b"\0" * 40 + b"\0\0\0\x14ispe\0\0\0\0" + struct.pack(">II", 7, 5)


@pytest.mark.parametrize(
    ("data", "ending", "size"),
    [
        (GIF, "gif", (7, 5)),
        (JPEG, "jpg", (7, 5)),
        (WEBP_LOSSY, "webp", (1, 1)),
        (WEBP_LOSSLESS, "webp", (7, 5)),
        (WEBP_EXTENDED, "webp", (7, 5)),
        (AVIF, "avif", (7, 5)),
    ],
)
def test_pixels_are_measured_from_the_first_bytes(data: bytes, ending: str, size: tuple[int, int]) -> None:
    assert image_size(data, ending) == size
    for end in range(len(data)):
        assert image_size(data[:end], ending) in (None, size)


def test_a_picture_of_another_kind_than_its_name_is_none() -> None:
    assert image_size(GIF, "png") is None
    assert image_size(JPEG, "gif") is None
