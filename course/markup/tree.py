"""Small words for building and reading the library's tree of elements."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

Child = Element | str


def element(tag: str, attributes: dict[str, str] | None = None, *children: Child) -> Element:
    """An element with its children; strings among them become text, never markup."""
    made = Element(tag, attributes or {})
    for child in children:
        append(made, child)
    return made


def append(parent: Element, child: Child) -> None:
    """Put `child` after all that `parent` holds. An element loses the text that followed it where it was."""
    if isinstance(child, Element):
        child.tail = None
        parent.append(child)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + child
    else:
        parent.text = (parent.text or "") + child


def children(parent: Element) -> Iterator[Child]:
    """What `parent` holds, in order: its elements, and the text between them as strings."""
    if parent.text:
        yield parent.text
    for child in list(parent):
        tail = child.tail
        yield child
        if tail:
            yield tail


def move(source: Element, target: Element) -> Element:
    """Put all that `source` holds at the end of `target`, and return `target`."""
    for child in list(children(source)):
        append(target, child)
    return target


def words(source: Element) -> str:
    """The plain words in an element, on one line; numbers of notes are left out."""
    return " ".join("".join(_text(source)).split())


def _text(source: Element) -> Iterator[str]:
    for child in children(source):
        if isinstance(child, str):
            yield child
        elif "data-note" not in child.attrib:
            yield from _text(child)
            if child.tag in {"p", "li", "br", "div"}:
                yield " "
