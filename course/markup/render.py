"""Markdown to sanitised HTML: the blocks of a question's stem or feedback, or one line."""

import re

from course.markup import engine, guards, portability
from course.markup.assemble import Assembly
from course.markup.findings import Findings, Place
from course.markup.footnotes import DEFINITION
from course.markup.html import Html
from course.markup.html import plain as plain
from course.markup.inline import NOTE
from course.markup.links import Links, Locator
from course.markup.prepare import Preparer
from course.markup.scan import Line, scan
from course.markup.tokens import Tokens, Words

_REFERENCE = re.compile(rf"(?<![\\`]){NOTE}")


def fragment(text: str, place: Place, findings: Findings) -> Html:
    """Blocks of Markdown, such as a question's stem, as HTML. `place` is where `text` begins.

    Figures and callouts work; ids and footnotes belong to a lesson's own text, so ids are left out here.
    """
    if not text.strip() or not guards.fits(text, place, findings):
        return Html("")
    lines = scan(text, place.file, place.line, findings)
    if not guards.safe(lines, place.file, findings):
        return Html("")
    portability.check(lines, place.file, findings)
    _no_notes(lines, place.file, findings)
    preparer = Preparer(place.file, Tokens(text), findings, is_document=False)
    preparer.body(lines)
    locator = Locator(lines, place)
    try:
        root = engine.parse(preparer.out.text, notes=False)
        Links(locator, findings).open(root)
        Assembly(preparer.out.tokens, locator, findings).build(root)
        return Html(preparer.out.tokens.with_pictures(engine.html(root)))
    except RecursionError:
        engine.too_deep(place, findings)
        return Html("")


def inline(text: str, place: Place, findings: Findings) -> Html:
    """One line of Markdown as HTML that may stand in a sentence: no `<p>`, no blocks. `place` is where it begins."""
    words = " ".join(text.split())
    if not words or not guards.fits(words, place, findings):
        return Html("")
    line = Line(place.line, words, live=words)
    if not guards.safe([line], place.file, findings):
        return Html("")
    portability.raw(line, place.file, findings)
    _no_notes([line], place.file, findings)
    try:
        return _inline(words, Links(Locator([line], place), findings))
    except RecursionError:
        engine.too_deep(place, findings)
        return Html("")


def _inline(words: str, links: Links) -> Html:
    """A token before the words keeps them from being read as a list, a quote or a rule."""
    tokens = Tokens(words)
    root = engine.parse(f"{tokens.put(Words())} {words}", notes=False)
    links.open(root)
    line = root[0]
    found = tokens.lead(line.text)
    line.text = found[1] if found else line.text
    return Html(engine.html(line))


def _no_notes(lines: list[Line], file: str, findings: Findings) -> None:
    for line in lines:
        if not line.inert and "[^" in line.live and _note(line.live):
            findings.error(
                Place(file, line.number, line.live.index("[^") + 1),
                "footnote-here",
                "a footnote stands in a question, a choice, a title or a definition",
                "put footnotes into the text of a lesson, outside its questions",
            )


def _note(text: str) -> bool:
    return bool(DEFINITION.match(text) or _REFERENCE.search(text))
