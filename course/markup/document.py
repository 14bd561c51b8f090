"""The Markdown of a whole lesson: sections, footnotes, figures, and room for the questions in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from course.markup import engine, footnotes, guards, portability
from course.markup.assemble import Assembly
from course.markup.findings import Findings, Place
from course.markup.html import Html, plain
from course.markup.links import Links, Locator
from course.markup.prepare import Prepared, Preparer, Slots
from course.markup.scan import Line, scan
from course.markup.tokens import SectionStart, SlotMark, Thing, Tokens
from course.markup.tree import element

NOTHING = Html("")


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
    notes: Html = NOTHING
    links: tuple[Link, ...] = ()
    anchors: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    words: int = 0


def document(body: str, file: str, first_line: int, findings: Findings, slots: Slots = ()) -> Document:
    """Render the `body` of a lesson, which begins at `first_line` of `file`.

    `slots` are (first line, last line, key) of what is not prose, such as a question: these lines are cut out and
    given back as `Slot(key)` at their place. Whatever is wrong becomes a finding; nothing is raised.
    """
    place = Place(file, first_line)
    if not guards.fits(body, place, findings):
        return Document()
    lines = _without_slots(scan(body, file, first_line, findings), slots)
    if not guards.safe(lines, file, findings):
        return Document()
    portability.check(lines, file, findings)
    prose, notes = footnotes.take(lines, file, findings)
    footnotes.check(lines, notes, file, findings)
    preparer = Preparer(file, Tokens(body), findings, is_document=True)
    preparer.body(prose, slots)
    preparer.notes(notes)
    links = Links(Locator(lines, place), findings)
    try:
        return _document(preparer.out, footnotes.Numbering(set(notes)), links, findings)
    except RecursionError:
        engine.too_deep(place, findings)
        return Document()


def _document(prepared: Prepared, numbering: footnotes.Numbering, links: Links, findings: Findings) -> Document:
    root = engine.parse(prepared.text, notes=True)
    links.open(root)
    numbering.number(root)
    assembly = Assembly(prepared.tokens, links.locator, findings)
    assembly.build(root)
    _check_fragments(links, prepared, findings)
    html = engine.html(root)
    sections = tuple(_sections(html, prepared.tokens, links.locator.place.line))
    _check_complete(sections, prepared, findings)
    text = " ".join(words for words in _text(sections) if words)
    return Document(
        sections,
        Html(engine.html(element("div", None, numbering.notes(assembly.notes)))) if numbering.references else NOTHING,
        tuple(Link(target.target, place, target.kind) for target, place in links.internal),
        tuple(prepared.ids),
        tuple(prepared.figures),
        text,
        len(text.split()),
    )


def _without_slots(lines: list[Line], slots: Slots) -> list[Line]:
    """The lines, those of slots empty: who renders a slot also checks it."""
    hidden = {number for first, last, _ in slots for number in range(first, last + 1)}
    return [Line(line.number, "") if line.number in hidden else line for line in lines]


def _sections(html: str, tokens: Tokens, first_line: int) -> Iterator[DocumentSection]:
    """Cut the page's HTML at the tokens of its sections and slots."""
    start: SectionStart | None = None
    title = NOTHING
    parts: list[Part | Slot] = []
    for thing, before, words in _cuts(html, tokens):
        if before.strip():
            parts.append(Part(Html(tokens.with_pictures(before.strip()))))
        if isinstance(thing, SlotMark):
            parts.append(Slot(thing.key))
            continue
        if start is not None or parts:
            yield _section(start, title, parts, first_line)
        if isinstance(thing, SectionStart):
            start, title, parts = thing, Html(words.strip()), []


def _cuts(html: str, tokens: Tokens) -> Iterator[tuple[Thing | None, str, str]]:
    """What begins at each cut, the HTML before it, and the words that follow its token. The last: None, the rest."""
    at = 0
    for match in re.finditer(rf"<p>{tokens.pattern.pattern}(.*?)</p>", html, re.DOTALL):
        thing = tokens.things[int(match[1])]
        if isinstance(thing, SectionStart | SlotMark):
            yield thing, html[at : match.start()], match[2]
            at = match.end()
    yield None, html[at:], ""


def _section(start: SectionStart | None, title: Html, parts: list[Part | Slot], first_line: int) -> DocumentSection:
    if start is None:
        return DocumentSection("", NOTHING, first_line, tuple(parts))
    return DocumentSection(start.heading.id or "", title, start.heading.place.line, tuple(parts))


def _check_fragments(links: Links, prepared: Prepared, findings: Findings) -> None:
    for name, place in links.fragments:
        if name not in prepared.ids:
            findings.error(
                place,
                "unknown-anchor",
                f"nothing in this text has the id `{name[:60]}`",
                "use the id of one of its sections or figures",
            )


def _check_complete(sections: tuple[DocumentSection, ...], prepared: Prepared, findings: Findings) -> None:
    """A section or slot that Markdown has swallowed would be lost without a word."""
    kept = {section.line for section in sections}
    slots = {part.key for section in sections for part in section.parts if isinstance(part, Slot)}
    for thing in prepared.tokens.things:
        if isinstance(thing, SectionStart) and thing.heading.place.line not in kept:
            findings.error(
                thing.heading.place,
                "lost-section",
                "this section cannot be told from the text before it",
                "look at the list, quote or table before it, and put blank lines around the heading",
            )
        elif isinstance(thing, SlotMark) and thing.key not in slots:
            findings.error(
                thing.place,
                "lost-question",
                f"the question `{thing.key}` cannot be told from the text before it",
                "look at the list, quote or table before it, and put a blank line before the question",
            )


def _text(sections: tuple[DocumentSection, ...]) -> Iterator[str]:
    for section in sections:
        yield plain(section.title)
        yield from (plain(part.html) for part in section.parts if isinstance(part, Part))
