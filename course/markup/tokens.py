"""Tokens: words that stand in the Markdown for what the library shall not read.

A token contains a hash of the text that it goes into, so no author can write one: text that held its own hash
cannot be found. It is a plain word, which passes through Markdown and the sanitiser unchanged.
"""

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from course.markup.findings import Place
from course.markup.scan import Fence, Heading


@dataclass(frozen=True, slots=True)
class SectionStart:
    heading: Heading


@dataclass(frozen=True, slots=True)
class SlotMark:
    key: str
    place: Place


@dataclass(frozen=True, slots=True)
class Subheading:
    level: int
    id: str | None


@dataclass(frozen=True, slots=True)
class Caption:
    """A line `Figure: words {#id block=...}`; the words follow the token."""

    id: str | None
    block: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Code:
    fence: Fence


@dataclass(frozen=True, slots=True)
class Mark:
    """A border: between two quotes, of details, or where the notes begin."""

    kind: Literal["between", "details", "end of details"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A mark with the words that belong to it: the summary of details."""

    mark: Mark
    words: str = ""


@dataclass(frozen=True, slots=True)
class NoteStart:
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """SVG made by us, put in after the sanitiser."""

    svg: str


@dataclass(frozen=True, slots=True)
class Words:
    """One line that is to become inline HTML follows."""


Thing = SectionStart | SlotMark | Subheading | Caption | Code | Mark | NoteStart | Picture | Words


class Tokens:
    """The tokens of one text, and what each stands for."""

    def __init__(self, text: str) -> None:
        self.prefix = "x" + blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest() + "x"
        self.pattern = re.compile(self.prefix + r"(\d+)x")
        self.things: list[Thing] = []

    def put(self, thing: Thing) -> str:
        """A new token that stands for `thing`."""
        self.things.append(thing)
        return f"{self.prefix}{len(self.things) - 1}x"

    def lead(self, text: str | None) -> tuple[Thing, str] | None:
        """What the token at the start of `text` stands for, and the text after it; None where there is none."""
        if not text or not text.startswith(self.prefix):
            return None
        match = self.pattern.match(text)
        return (self.things[int(match[1])], text[match.end() :].removeprefix(" ")) if match else None

    def with_pictures(self, html: str) -> str:
        """`html` with its pictures in the place of their tokens."""
        return self.pattern.sub(self._picture, html)

    def _picture(self, match: re.Match[str]) -> str:
        thing = self.things[int(match[1])]
        return thing.svg if isinstance(thing, Picture) else match[0]
