"""Markdown to sanitised HTML: the blocks of a question's stem or feedback, or one line."""

from course.markup.findings import Findings, Place
from course.markup.html import Html
from course.markup.html import plain as plain


def fragment(text: str, place: Place, findings: Findings) -> Html:
    """Blocks of Markdown, such as a question's stem, as HTML. `place` is where `text` begins. No footnotes, no ids."""
    from html import escape

    return Html("".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip()))


def inline(text: str, place: Place, findings: Findings) -> Html:
    """One line of Markdown as HTML that may stand in a sentence: no `<p>`, no blocks."""
    from html import escape

    return Html(escape(text.strip()))
