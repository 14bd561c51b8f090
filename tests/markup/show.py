"""A rendered document as text that a person can read beside its Markdown."""

import re

from course.markup.document import Document, Slot, document
from course.markup.findings import Findings, Place
from course.markup.html import Html
from course.markup.render import fragment, inline

_BLOCK = re.compile(
    r"(?=<(?:aside|blockquote|details|div|figcaption|figure|h[3-6]|hr|img|li|ol|p|pre|rect|summary|svg|table|tbody|td"
    r"|text|th|thead|tr|ul|g|path)\b)"
)


def show(shown: Document) -> str:
    """Sections and slots each behind a line of their own, blocks one to a line; the notes come last."""
    lines = []
    for section in shown.sections:
        lines.append(f"== {section.id} {section.title}".rstrip())
        for part in section.parts:
            lines.append(f"-- slot {part.key}" if isinstance(part, Slot) else broken(part.html))
    if shown.notes:
        lines += ["== notes", broken(shown.notes)]
    return "\n".join(lines) + "\n"


def broken(html: Html) -> str:
    """HTML with a line for each block."""
    return _BLOCK.sub("\n", html).strip()


def read(text: str, slots: tuple[tuple[int, int, str], ...] = ()) -> tuple[Document, Findings]:
    """A document and what was found in it."""
    findings = Findings()
    return document(text, "a.md", 1, findings, slots), findings


def html(text: str) -> str:
    """The HTML of a document of one section without a finding."""
    shown, findings = read(text)
    assert list(findings) == []
    return "".join(part.html for section in shown.sections for part in section.parts if not isinstance(part, Slot))


def rules(text: str) -> list[tuple[str, int]]:
    """The rules that a document breaks, each with its line, in order."""
    return [(finding.rule, finding.place.line) for finding in read(text)[1]]


def stem(text: str) -> tuple[str, list[str]]:
    """A fragment, and the rules it breaks."""
    findings = Findings()
    return fragment(text, Place("q.md", 7), findings), [finding.rule for finding in findings]


def line(text: str) -> tuple[str, list[str]]:
    """An inline rendering, and the rules it breaks."""
    findings = Findings()
    return inline(text, Place("q.md", 7), findings), [finding.rule for finding in findings]
