"""One conversion by Python-Markdown, to its tree, and from the tree to sanitised HTML.

No raw HTML passes through the library: its tree holds elements and text, nothing else.
"""

import re
import threading
from html import unescape
from string import punctuation
from xml.etree.ElementTree import Element, tostring

from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.util import ETX, STX, AtomicString

from course.markup import inline
from course.markup.sanitise import sanitise

_made = threading.local()
_BLANK = re.compile(r"^ +$", re.MULTILINE)


class TooDeep(Exception):
    """The text is nested deeper than the library can follow."""


def parse(text: str, notes: bool) -> Element:
    """The tree of `text`: blocks under a `div`, with text and elements inside. `notes`: whether `[^a]` is a note.

    Raises TooDeep where the nesting is too deep; callers check with `guards` first.
    """
    md = _markdown(notes)
    clean = text.replace(STX, "").replace(ETX, "").expandtabs(4)
    lines = _BLANK.sub("", clean).split("\n")
    try:
        root = md.reset().parser.parseDocument(lines).getroot()
        assert root is not None
        for processor in md.treeprocessors:
            changed = processor.run(root)
            root = root if changed is None else changed
    except RecursionError as error:
        raise TooDeep from error
    _unescape_code(root)
    return root


def html(root: Element) -> str:
    """What stands under `root`, serialised and sanitised."""
    written = tostring(root, encoding="unicode", method="html")
    return sanitise(written[written.index(">") + 1 : -len(f"</{root.tag}>")] if len(root) or root.text else "")


def _markdown(notes: bool) -> Markdown:
    """A converter of this thread; making one takes longer than a conversion."""
    name = "with_notes" if notes else "without_notes"
    made: Markdown | None = getattr(_made, name, None)
    if made is None:
        made = _make(notes)
        setattr(_made, name, made)
    return made


def _make(notes: bool) -> Markdown:
    md = Markdown(extensions=[TableExtension(use_align_attribute=True), SaneListExtension()])
    md.ESCAPED_CHARS = list(punctuation)
    for name in ("hashheader", "setextheader"):
        md.parser.blockprocessors.deregister(name)
    md.treeprocessors.deregister("prettify")
    inline.register(md, notes)
    return md


def _unescape_code(root: Element) -> None:
    """The library escapes code while it reads it; in our tree, text is text."""
    for code in root.iter("code"):
        code.text = AtomicString(unescape(code.text or ""))
