"""The XML of a file, question by question, without ever holding or believing all of it."""

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from course.formats.foreign import MOST_QUESTIONS, Refused

MOST_BYTES = 10_000_000
MOST_ELEMENTS = 50_000
DEEPEST = 15
LONGEST_TAG = 1_000_000
"""Bytes. The parser begins a tag anew with each piece of it that it gets."""

_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")


def questions(file: BinaryIO) -> Iterator[Element]:
    """Each `<question>` of a file. Raises Refused for what is no such file: nothing outside of it is ever fetched."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    _check(file)
    try:
        yield from _read(iterparse(file, events=("start", "end"), forbid_dtd=True))
    except DefusedXmlException:
        raise Refused("The file declares a document type or entities, which no export has; it is not read.") from None
    except (ParseError, LookupError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"This is not XML that can be read: {str(error)[:100]}. Export it again as Moodle XML.") from None


def _check(file: BinaryIO) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(400)
    file.seek(0)
    if size > MOST_BYTES:
        advice = "Export fewer categories at once, or without pictures."
        raise Refused(f"The file has {size / 1e6:.0f} MB; {MOST_BYTES // 1_000_000} MB are read at most. {advice}")
    declared = _DECLARED.search(start)
    named = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or named not in ("utf-8", "us-ascii", "ascii"):
        raise Refused("The file is not in UTF-8. Export it again, or save it as UTF-8 and say so in its first line.")
    _check_tags(file)


def _check_tags(file: BinaryIO) -> None:
    inside = False
    while piece := file.read(LONGEST_TAG):
        if inside and b">" not in piece and len(piece) == LONGEST_TAG:
            raise Refused("This is not XML that can be read: a tag in it does not end. Export it again as Moodle XML.")
        if b"<" in piece or b">" in piece:
            inside = piece.rfind(b"<") > piece.rfind(b">")
    file.seek(0)


def _read(events: Iterator[tuple[str, Element]]) -> Iterator[Element]:
    depth = elements = found = 0
    root: Element | None = None
    for event, element in events:
        if event == "end":
            depth -= 1
            if depth == 1 and element.tag == "question" and root is not None:
                yield element
                root.clear()
            elif element.tag == "file":  # A picture's bytes; that there is one, its text says.
                element.clear()
            continue
        depth += 1
        elements += 1
        if root is None:
            root = element
            if element.tag != "quiz":
                raise Refused(f"This is no Moodle XML: it begins with <{element.tag[:40]}> and not with <quiz>.")
        found += element.tag == "question" and depth == 2
        if depth > DEEPEST:
            raise Refused(f"The file is nested more than {DEEPEST} levels deep, which no export is.")
        if elements > MOST_ELEMENTS or found > MOST_QUESTIONS + 50:
            raise Refused(f"The file has more than {MOST_QUESTIONS} questions, or too much in them. Split it.")
