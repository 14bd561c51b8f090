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


def plain(html: Html) -> str:
    """The words of `html` on one line: no tags, no numbers of notes, and pictures by what is written beside them."""
    spoken = _INLINE_TAG.sub("", _UNSPOKEN.sub("", html))
    return " ".join(unescape(_TAG.sub(" ", spoken)).split())
