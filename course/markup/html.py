"""HTML that may go into a page as it is, and the words in it."""

import re
from html import unescape
from typing import NewType

Html = NewType("Html", str)
"""Sanitised HTML, safe to put into a page as it is. May contain link holes (see `links`) and label holes (`labels`)."""

_UNSPOKEN = re.compile(r'<svg\b.*?</svg>|<sup class="note-ref".*?</sup>|<a class="note-back".*?</a>', re.DOTALL)
_INLINE = r"a|abbr|bdi|cite|code|del|dfn|em|i|ins|kbd|mark|q|span|strong|sub|sup"
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^>]*)?>")
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"[ \t\r\n\f]+")


def plain(html: Html) -> str:
    """The words of `html` on one line: no tags, no numbers of notes, and pictures by what is written beside them."""
    return " ".join(_spoken(html).split())


def readable(html: Html) -> str:
    """The same to be shown: a space that does not break stays one. To compare words, use `plain`."""
    return " ".join(part for part in _BREAK.split(_spoken(html)) if part)


def _spoken(html: Html) -> str:
    return unescape(_TAG.sub(" ", _INLINE_TAG.sub("", _UNSPOKEN.sub("", html))))
