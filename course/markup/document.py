"""The Markdown of a whole lesson: sections, footnotes, figures, and room for the questions in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from course.markup.findings import Findings, Place
from course.markup.html import Html


@dataclass(frozen=True, slots=True)
class Part:
    """One run of prose and figures."""

    html: Html


@dataclass(frozen=True, slots=True)
class Slot:
    """Where something trusted, such as a question, goes. `key` is what the caller named it."""

    key: str


@dataclass(frozen=True, slots=True)
class DocumentSection:
    """A section. `title` is inline HTML; `line` that of its heading. Text before the first: id "", no title."""

    id: str
    title: Html
    line: int
    parts: tuple[Part | Slot, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture that has to be resolved: its target as the author wrote it, and where."""

    target: str
    place: Place
    kind: Literal["link", "image"]


@dataclass(frozen=True, slots=True)
class Document:
    """A lesson's body, rendered. `anchors` are all ids in it, `figures` those of figures, in reading order.

    `notes` is an ordered list of the footnotes, or "". `text` is the plain words, notes left out; `words` counts them.
    """

    sections: tuple[DocumentSection, ...] = ()
    notes: Html = Html("")
    links: tuple[Link, ...] = ()
    anchors: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    words: int = 0


def document(
    body: str, file: str, first_line: int, findings: Findings, slots: Sequence[tuple[int, int, str]] = ()
) -> Document:
    """Render the `body` of a lesson, which begins at `first_line` of `file`.

    `slots` are (first line, last line, key) of what is not prose, such as a question: these lines are cut out and
    given back as `Slot(key)` at their place. Whatever is wrong becomes a finding; nothing is raised.
    """
    return Document()
