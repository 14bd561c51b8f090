"""What changed between two pages as readers see them: the new page, with the words that came and went marked. Pure."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_TOKEN = re.compile(
    r"""<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>|&[#\w]+;|\w+|\s+|.""",  # a `>` may stand in an attribute
    re.DOTALL,
)
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_SPEAKING = frozenset(
    (
        *("a", "abbr", "b", "caption", "code", "dd", "del", "dt", "em", "figcaption", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "i", "ins", "label", "legend", "li", "mark", "p", "q", "s", "small", "span", "strong", "sub"),
        *("summary", "sup", "td", "th"),
    )
)
"""Elements in which words can stand: what is gone is shown inside one of them, or the page would fall apart."""
_SILENT = frozenset(["svg", "math", "script", "style", "button", "select", "option", "textarea"])
_VOID = frozenset(("br", "col", "hr", "img", "input", "source", "track", "wbr"))
MOST = 40_000
"""Pieces of a page up to which it is compared word by word."""


def marked(before: str, after: str) -> str | None:
    """The HTML of `after` with `<ins>` and `<del>` in it; None for pages that are too long to compare.

    Both come from the compiler, so every tag is whole, and the words in between are escaped.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > MOST:
        return None
    return "".join(_Marking(old, new).pieces())


class _Marking:
    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = old, new
        self.open: list[str] = []
        self.gone: list[str] = []

    def pieces(self) -> Iterator[str]:
        for tag, start, end, new_start, new_end in SequenceMatcher(
            None, self.old, self.new, autojunk=False
        ).get_opcodes():
            if tag in ("delete", "replace"):
                self.gone += self.old[start:end]
            if tag != "delete":
                yield from self._run(self.new[new_start:new_end], is_new=tag != "equal")
        yield from self._flush()

    def _run(self, tokens: Sequence[str], is_new: bool) -> Iterator[str]:
        """Tags as they are; between them the words, marked where they are new."""
        words: list[str] = []
        for token in tokens:
            if not token.startswith("<"):
                words.append(token)
                continue
            yield from self._words(words, is_new)
            words = []
            if token.startswith("</"):
                yield from self._flush()
            yield token
            self._track(token)
        yield from self._words(words, is_new)

    def _words(self, words: Sequence[str], is_new: bool) -> Iterator[str]:
        if words:
            yield from self._flush()
            text = "".join(words)
            yield f"<ins>{text}</ins>" if is_new and text.strip() and self._can_speak() else text

    def _flush(self) -> Iterator[str]:
        """What is gone, where words can stand."""
        if self.gone and self._can_speak():
            text = " ".join("".join(" " if token.startswith("<") else token for token in self.gone).split())
            self.gone = []
            if text:
                yield f"<del>{text}</del> "

    def _can_speak(self) -> bool:
        return bool(self.open) and self.open[-1] in _SPEAKING and not _SILENT.intersection(self.open)

    def _track(self, tag: str) -> None:
        name = _NAME.match(tag)
        if (
            name is None
            or tag.endswith("/>")
            or name[1].lower() in ("br", "hr", "img", "input", "wbr", "col", "source")
        ):
            return
        if not tag.startswith("</"):
            self.open.append(name[1].lower())
        elif name[1].lower() in self.open:
            while self.open.pop() != name[1].lower():
                pass
