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
from course.markup.findings import Findings, Place
from course.markup.sanitise import sanitise

_made = threading.local()
_BLANK = re.compile(r"^ +$", re.MULTILINE)


def parse(text: str, notes: bool) -> Element:
    """The tree of `text`: blocks under a `div`, with text and elements inside. `notes`: whether `[^a]` is a note.

    Raises RecursionError where marks are nested some hundred deep, which `guards` does not see: see `too_deep`.
    """
    md = _markdown(notes)
    clean = text.replace(STX, "").replace(ETX, "").expandtabs(4)
    root = md.reset().parser.parseDocument(_BLANK.sub("", clean).strip("\n").split("\n")).getroot()
    assert root is not None
    for processor in md.treeprocessors:
        changed = processor.run(root)
        root = root if changed is None else changed
    _unescape_code(root)
    return root


def too_deep(place: Place, findings: Findings) -> None:
    """The finding for a RecursionError."""
    findings.error(place, "too-deep", "this text is nested too deep to be read", "take levels of nesting out")


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
