"""The items of a list that say `name: text`, as timeline and cycle want them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from course.markup.tree import Child, append, children, element, words

_COLON = re.compile(r"[ \u00a0\u202f]?[:：](?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its name as children of an element, and the blocks or words after the colon (maybe none)."""

    name: Element
    text: Element

    @property
    def has_text(self) -> bool:
        return bool(words(self.text)) or len(self.text) > 0


def items(source: Element, name_tag: str, text_tag: str) -> Iterator[Item]:
    """The items of the list `source`, each parted at its first colon.

    A name in bold (`**Name**: text`) loses its bold. Without a colon all of the first paragraph is the name.
    """
    for entry in source:
        first, later = _paragraphs(entry)
        name, rest = _part(first)
        text = element(text_tag)
        if rest and later:
            append(text, element("p", None, *rest))
        else:
            for child in rest:
                append(text, child)
        for block in later:
            append(text, block)
        yield Item(element(name_tag, None, *_unbold(name)), text)


def _paragraphs(entry: Element) -> tuple[list[Child], list[Child]]:
    """The words of an item's first line, and the blocks under it."""
    inside = list(children(entry))
    solid = [child for child in inside if isinstance(child, Element) or child.strip()]
    if solid and isinstance(solid[0], Element) and solid[0].tag == "p":
        return list(children(solid[0])), solid[1:]
    for at, child in enumerate(inside):
        if isinstance(child, Element) and child.tag in {"p", "ul", "ol", "blockquote", "pre", "table"}:
            return inside[:at], [later for later in inside[at:] if isinstance(later, Element) or later.strip()]
    return inside, []


def _part(line: list[Child]) -> tuple[list[Child], list[Child]]:
    for at, child in enumerate(line):
        colon = _COLON.search(child) if isinstance(child, str) else None
        if colon and isinstance(child, str):
            before, after = child[: colon.start()], child[colon.end() :]
            return [*line[:at], before], [after, *line[at + 1 :]] if after else line[at + 1 :]
    return line, []


def _unbold(name: list[Child]) -> list[Child]:
    solid = [child for child in name if isinstance(child, Element) or child.strip()]
    if len(solid) == 1 and isinstance(solid[0], Element) and solid[0].tag == "strong":
        return list(children(solid[0]))
    if solid and isinstance(solid[0], str):
        solid[0] = solid[0].lstrip()
    return [child for child in solid if child]
