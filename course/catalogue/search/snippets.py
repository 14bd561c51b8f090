"""The part of a text in which what was looked for stands, with its words marked. Pure."""

from collections.abc import Callable
from typing import NamedTuple

from course.catalogue.search.words import words

LENGTH, BEFORE = 220, 50
"""Characters of a snippet, and of them those before the first word that is marked."""
READ = 40_000
"""Characters of a text that are looked through."""


class Piece(NamedTuple):
    """Part of a text. `marked`: it was looked for."""

    text: str
    marked: bool = False


def marked(text: str, matches: Callable[[str], bool]) -> list[Piece]:
    """The whole of a text, such as a heading."""
    return _pieces(text, 0, len(text), [one.span() for one in words(text) if matches(one[0])])


def snippet(text: str, matches: Callable[[str], bool]) -> list[Piece]:
    """Where most of the different words stand close together; the beginning of a text that has none of them."""
    spans = [one.span() for one in words(text[:READ]) if matches(one[0])]
    start = max(0, _best(text, spans) - BEFORE)
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start + LENGTH // 2, end), start + LENGTH // 2)
    pieces = _pieces(text, start, end, spans)
    ahead = [Piece("… ")] if start else []
    return [*ahead, *pieces, *([Piece(" …")] if end < len(text) else [])]


def _best(text: str, spans: list[tuple[int, int]]) -> int:
    """Where to begin: at the word after which, within a snippet, most different ones follow."""
    best, most = 0, 0
    for at, (start, _end) in enumerate(spans):
        near = {text[a:b].casefold() for a, b in spans[at : at + 40] if b <= start + LENGTH - BEFORE}
        if len(near) > most:
            best, most = start, len(near)
    return best


def _pieces(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces, done = [], start
    for a, b in spans:
        if a >= done and b <= end:
            pieces += [Piece(text[done:a])] if a > done else []
            pieces.append(Piece(text[a:b], marked=True))
            done = b
    return pieces + ([Piece(text[done:end])] if done < end else [])
