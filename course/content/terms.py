"""Glossary terms in a text: the first use of each is linked, in prose only."""

import functools
import re
from collections.abc import Callable, Iterable
from html import escape, unescape

from course.content.model import Term
from course.markup.html import Html

_TAG = re.compile(r"""(<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_WORD = re.compile(r"\w+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_QUIET = frozenset(
    (*_HEADINGS, "a", "abbr", "code", "dfn", "figcaption", "kbd", "math", "pre", "sup", "svg", "summary", "th")
)
"""Inside these, nothing is linked."""

_VOID = frozenset(("br", "col", "hr", "img", "wbr"))


class Marker:
    """Links the first use of each term in the texts of one page, given in reading order.

    `address` gives a term's id its address. Longer forms win, whole words only, in small or capital letters.
    """

    def __init__(self, terms: Iterable[Term], address: Callable[[str], str]) -> None:
        self.address = address
        self.found: dict[str, Term] = {}
        self.forms: dict[str, list[tuple[str, Term]]] = {}
        entries = [(form, term) for term in terms for form in term.forms if _WORD.search(form)]
        for form, term in sorted(entries, key=lambda entry: -len(entry[0])):
            words = _WORD.search(form)
            if words is not None:
                self.forms.setdefault(words[0].casefold(), []).append((form, term))

    def mark(self, html: Html) -> Html:
        """`html` with the terms linked that were not linked before."""
        out: list[str] = []
        quiet: list[str] = []
        for at, piece in enumerate(_TAG.split(html)):
            if at % 2:
                _track(piece, quiet)
                out.append(piece)
            else:
                out.append(piece if quiet else self._text(piece))
        return Html("".join(out))

    def _text(self, text: str) -> str:
        out: list[str] = []
        done = 0
        for word in _WORD.finditer(text):
            if word.start() < done:
                continue
            for form, term in self.forms.get(word[0].casefold(), ()):
                match = None if term.id in self.found else _pattern(form).match(text, word.start())
                if match:
                    self.found[term.id] = term
                    href = escape(self.address(term.id))
                    out.append(text[done : match.start()])
                    out.append(f'<a class="term" href="{href}" data-term="{escape(term.id)}">{match[0]}</a>')
                    done = match.end()
                    break
        out.append(text[done:])
        return "".join(out)


@functools.lru_cache(maxsize=4096)
def _pattern(form: str) -> re.Pattern[str]:
    """Matches a form in HTML's text from its first letter on, whatever its spaces and apostrophes look like."""
    start = _WORD.search(form)
    written = escape(unescape(form[start.start() if start else 0 :].strip()), quote=False)
    parts = [re.sub(r"['’]|\\'", "['’]", re.escape(part)) for part in written.split()]
    return re.compile(r"(?:\s|&nbsp;)+".join(parts) + r"(?!\w)", re.IGNORECASE)


def _track(tag: str, quiet: list[str]) -> None:
    """Keep the stack of open elements in which nothing is linked."""
    name = _NAME.match(tag)
    if name is None or name[1].lower() in _VOID or tag.endswith("/>"):
        return
    element = name[1].lower()
    if not tag.startswith("</"):
        if quiet or element in _QUIET:
            quiet.append(element)
    elif quiet and element in quiet:
        while quiet.pop() != element:
            pass
