"""Label holes: words such as "Note" belong to the interface's language, so whoever makes the page fills them in."""

import re
from collections.abc import Callable
from html import escape

from course.markup.html import Html

LABELS = ("back", "caution", "example", "important", "note", "table", "tip", "warning")
"""Names of all label holes: the six callouts, a table without a caption, and the way back from a footnote."""

_HOLE = re.compile(r'(?P<text><span data-label="(?P<name>[a-z]+)">)</span>|aria-label="label:(?P<spoken>[a-z]+)"')


def labels(html: Html, translate: Callable[[str], str]) -> Html:
    """`html` with every label hole filled with what `translate` says for its name, one of LABELS."""

    def filled(match: re.Match[str]) -> str:
        if match["spoken"]:
            return f'aria-label="{escape(translate(match["spoken"]))}"'
        return f"<span>{escape(translate(match['name']))}</span>"

    return Html(_HOLE.sub(filled, html))
