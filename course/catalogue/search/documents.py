"""From compiled lessons and glossaries to what can be found in them. Questions are never in it, nor are quizzes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from course.catalogue.search.words import GAP, HEAD, tokens, words
from course.content.compiled import CompiledSource, unpack_body
from course.content.model import Term
from course.markup.html import Html, readable

_BLOCK = re.compile(r"</(?:caption|dd|dt|figcaption|h[3-6]|li|p|pre|summary|td|th)>")
_MARKS = tuple(".!?:;,…·。؟")


@dataclass(frozen=True, slots=True)
class Document:
    """A place that can be found. `runs` are its tokens, each run in the order of the words."""

    anchor: str
    title: str
    text: str
    runs: tuple[tuple[str, ...], ...]


def of_lesson(compiled: CompiledSource, language: str) -> Iterator[Document]:
    """A lesson: its beginning, under its title and with what it aims at; each section.

    Its footnotes are left out: the same source under many lessons would bury the places that speak of it.
    """
    body = unpack_body(compiled.body)
    lead, rest = list(compiled.head["objectives"].values()), []
    for section in body["sections"]:
        text = " ".join(_plain(part) for part in section["parts"] if isinstance(part, str))
        if section["id"]:
            rest.append((section["id"], _plain(section["title"]), text))
        else:
            lead.insert(0, text)
    yield document("", compiled.head["title"], " ".join(lead), language)
    for anchor, title, text in rest:
        yield document(anchor, title, text, language)


def of_glossary(terms: Sequence[Term], language: str) -> Iterator[Document]:
    """A glossary: each term, found by any of its forms."""
    for term in terms:
        yield document(term.id, term.term, _plain(term.definition), language, " ".join(term.forms))


def document(anchor: str, title: str, text: str, language: str, also: str = "") -> Document:
    """A place with this title; `also` are words that count as its title, too."""
    headings = [found[0] for found in words(also or title)]
    within = [found[0] for found in words(text)]
    runs = tokens(headings, language, HEAD)
    for heading, rest in zip(tokens(headings, language), tokens(within, language), strict=True):
        runs.append([*heading, GAP, *rest])
    return Document(anchor, title, text, tuple(tuple(run) for run in runs))


def _plain(html: Any) -> str:
    """The words of some HTML. Where a cell or an item ends without a mark, a dot keeps it from the next."""
    parts = [readable(Html(part)) for part in _BLOCK.split(html)]
    ended = [part if part.endswith(_MARKS) else f"{part} ·" for part in parts if part]
    return " ".join(ended).removesuffix(" ·")
