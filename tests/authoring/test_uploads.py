"""Pictures and attachments, added in the browser: checked by their bytes, named tamely, shown in the preview."""

import io
import struct
import zlib

import pytest

from course.authoring import queries
from course.authoring.uploads import accepted
from course.content.paths import classify
from course.db import db
from course.errors import Invalid
from tests.authoring.conftest import ONE, WORKSHOP, Trainer

UPLOADS = f"{WORKSHOP}uploads/{ONE}"
FIGURES = "lessons/demo/1-first/figures/"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2v2z"/></svg>'


def png(width: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" + b"\0\0\0" * width)
    head = struct.pack(">IIBBBBB", width, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def files() -> dict[str, str]:
    db.session.rollback()
    return queries.state("demo").hashes


def test_a_picture_goes_into_the_draft_and_its_line_into_the_text(ann: Trainer) -> None:
    text = ann.file()
    form = {
        "file": (io.BytesIO(png()), "Été à Paris.PNG"),
        "alt": "A [white] square",
        "text": text + "Unsaved.",
        "base": ann.base,
    }
    ann.send(UPLOADS, **form)
    assert FIGURES + "ete-a-paris.png" in files()
    assert ann.text == f"{text}Unsaved.\n\n![A white square](figures/ete-a-paris.png)\n"
    found = ann.html.split('class="seen-text"')[1]
    assert 'alt="A white square"' in found
    address = found.split('src="')[1].split('"')[0]
    picture = ann.open(address)
    assert (picture.data, picture.mimetype) == (png(), "image/png")
    assert "sandbox" in picture.headers["Content-Security-Policy"]


def test_a_script_s_request_is_told_the_markdown(ann: Trainer) -> None:
    ann.file()
    reply = ann.send(UPLOADS, file=(io.BytesIO(b"%PDF-1.7 ..."), "plan.pdf"), part="1")
    assert reply.json == {"markdown": "[plan.pdf](files/plan.pdf)", "picture": False}
    ann.file()
    reply = ann.send(UPLOADS, file=(io.BytesIO(b"<html>"), "plan.pdf"), part="1")
    assert reply.status_code == 422
    assert "no PDF file" in reply.json["message"]
    ann.file()
    assert ann.send(UPLOADS, part="1").status_code == 422


def test_the_same_name_with_other_bytes_gets_a_number_and_the_same_file_none(ann: Trainer) -> None:
    for data in (png(2), png(3), png(2)):
        ann.file()
        ann.send(UPLOADS, file=(io.BytesIO(data), "a.png"), part="1")
    assert sorted(path for path in files() if path.startswith(FIGURES)) == [FIGURES + "a-2.png", FIGURES + "a.png"]


def test_what_is_refused_leaves_the_text_as_it_was(ann: Trainer) -> None:
    text = ann.file() + "Unsaved.\n"
    ann.send(UPLOADS, file=(io.BytesIO(b"MZ"), "tool.exe"), text=text, base=ann.base)
    assert "A file of this kind is not accepted." in ann.html
    assert ann.text == text


@pytest.mark.parametrize(
    ("called", "data"),
    [
        ("a.png", b"GIF89a\x01\0\x01\0"),
        ("a.png", b""),
        ("a.svg", SVG.replace(b"<path", b"<script>alert(1)</script><path")),
        ("a.svg", SVG.replace(b"<path", b'<path onclick="alert(1)"')),
        ("a.svg", SVG.replace(b"<path", b'<image href="https://example.org/a.png"/><path')),
        ("a.png", png() + b"\0" * 600_000),
        ("a.html", b"<p>"),
        ("a.docx", b"%PDF-"),
        ("a.txt", b"\xff\xfe\0"),
        ("a.mp4", b"ID3"),
        ("noending", b"x"),
    ],
)
def test_what_learners_should_not_be_sent_is_refused(db: object, app: object, called: str, data: bytes) -> None:
    with app.test_request_context("/en/"), pytest.raises(Invalid):
        accepted(ONE, called, data, ())


@pytest.mark.parametrize(
    "called",
    [
        "../../../etc/passwd.png",
        "..\\..\\a.png",
        "/a.png",
        "a/../b.png",
        ".png",
        "a\0b.png",
        "x" * 300 + ".png",
        "日本.png",
        "a b;c'\".png",
    ],
)
def test_no_name_leads_out_of_the_folder(app: object, called: str) -> None:
    with app.test_request_context("/en/"):
        found = accepted(ONE, called, png(), ())
    assert found.path.startswith(FIGURES)
    assert found.path.count("/") == FIGURES.count("/")
    assert classify(found.path).kind == "picture"
