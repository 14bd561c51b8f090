"""Marks inside a sentence that the library does not know, or knows too freely."""

import re
from html import unescape
from html.entities import html5
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from course.markup.tree import element

RAW_TAGS = ("abbr", "bdi", "cite", "del", "dfn", "i", "ins", "kbd", "mark", "q", "span", "sub", "sup")
"""Tags that an author may write as HTML, besides `<br>` and the block `<details>`."""

_ATTRIBUTES = r'(?P<attributes>(?:\s+(?:lang|dir|title)="[^"<>]*")*)'
RAW_PAIR = rf"<(?P<tag>{'|'.join(RAW_TAGS)}){_ATTRIBUTES}\s*>(?P<inside>.*?)</(?P=tag)>"
RAW_BREAK = r"<br\s*/?>"
NOTE = r"\[\^(?P<label>[^\]\s]{1,60})\]"
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_ENDING = re.compile(r"[.,;:!?'\"*_~]+$")

Handled = tuple[Element | str | None, int | None, int | None]


class _Mark(InlineProcessor):
    """One kind of mark; `read` gives what a match becomes and where it begins and ends (None: no match after all)."""

    # The library's stub gives the signature of its older base class.
    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override]
        return self.read(m)

    def read(self, m: re.Match[str]) -> Handled:
        raise NotImplementedError


class _RawPair(_Mark):
    def read(self, m: re.Match[str]) -> Handled:
        made = element(m["tag"], {name: unescape(value) for name, value in _ATTRIBUTE.findall(m["attributes"])})
        made.text = m["inside"]
        return made, m.start(), m.end()


class _Break(_Mark):
    def read(self, m: re.Match[str]) -> Handled:
        return Element("br"), m.start(), m.end()


class _Struck(_Mark):
    def read(self, m: re.Match[str]) -> Handled:
        return element("del", None, m[1]), m.start(), m.end()


class _Note(_Mark):
    ANCESTOR_EXCLUDES = ("a",)

    def read(self, m: re.Match[str]) -> Handled:
        return element("sup", {"data-note": m["label"]}), m.start(), m.end()


class _Mail(_Mark):
    ANCESTOR_EXCLUDES = ("a",)

    def read(self, m: re.Match[str]) -> Handled:
        return _link(f"mailto:{m[1]}", m[1]), m.start(), m.end()


class _BareLink(_Mark):
    ANCESTOR_EXCLUDES = ("a",)

    def read(self, m: re.Match[str]) -> Handled:
        target = _ENDING.sub("", m[0])
        while target.endswith(")") and target.count(")") > target.count("("):
            target = _ENDING.sub("", target[:-1])
        return _link(target, target), m.start(), m.start() + len(target)


class _Entity(_Mark):
    """An entity as its character, so that the tree holds text and nothing else."""

    def read(self, m: re.Match[str]) -> Handled:
        name = m[1]
        character = unescape(m[0]) if name.startswith("#") else html5.get(f"{name};")
        return (None, None, None) if character is None else (character, m.start(), m.end())


def _link(target: str, text: str) -> Element:
    made = Element("a", {"href": target})
    made.text = AtomicString(text)
    return made


def register(md: Markdown, notes: bool) -> None:
    """Give `md` these marks in place of its own for raw HTML, mail addresses and entities."""
    patterns = md.inlinePatterns
    for name in ("html", "automail", "entity"):
        patterns.deregister(name)
    if notes:
        patterns.register(_Note(NOTE, md), "note", 175)
    patterns.register(_BareLink(r"(?<![\w/@])https://[^\s<>`\"\x02\x03]{3,2000}", md), "bare_link", 115)
    patterns.register(_Mail(r"<([^<>@\s:]{1,64}@[^<>@\s]{1,200})>", md), "mail", 110)
    patterns.register(_Break(RAW_BREAK, md), "raw_break", 95)
    patterns.register(_RawPair(RAW_PAIR, md), "raw_pair", 90)
    patterns.register(_Entity(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{0,40});", md), "entity", 80)
    patterns.register(_Struck(r"~~(?=\S)(.+?)(?<=\S)~~", md), "struck", 50)
