"""Sanitised HTML as a tree."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element

DEEPEST = 40
_VOID = {"br", "hr", "img"}


class Unwritable(ValueError):
    """HTML for which there is no Markdown. `str(error)` says what it is, in an author's words."""


def tree(html: str) -> Element:
    """The elements and texts of `html`, which has to be sound (as a sanitiser leaves it), under a `div`.

    Raises Unwritable where it is nested too deep to be worth reading.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.stack[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [Element("div")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].append(made)
        if tag not in _VOID:
            self.stack.append(made)
        if len(self.stack) > DEEPEST:
            raise Unwritable("text that is nested very deep")

    def handle_endtag(self, tag: str) -> None:
        if len(self.stack) > 1 and self.stack[-1].tag == tag:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        here = self.stack[-1]
        if len(here):
            here[-1].tail = (here[-1].tail or "") + data
        else:
            here.text = (here.text or "") + data
