"""Our HTML as other systems can show it: no holes, no pictures, nothing that only our style sheet knows."""

import re
from decimal import Decimal
from fractions import Fraction

from course.formats.report import About
from course.markup.html import plain
from course.markup.labels import labels
from course.quiz.html import texts
from course.quiz.model import Html, Question
from course.quiz.numbers import canonical
from course.quiz.types.written import WrittenBody

_IMAGE = re.compile(r"<img\b[^>]*?alt=\"([^\"]*)\"[^>]*>")
_HOLE = re.compile(r"<a href=\"hole:([^\"]*)\"[^>]*>(.*?)</a>", re.DOTALL)
_CALLOUT = re.compile(r"<aside\b[^>]*><p[^>]*>(.*?)</p>(.*?)</aside>", re.DOTALL)
_OURS = re.compile(r"</?(?:div|figure|figcaption|details|summary)\b[^>]*>|<svg\b.*?</svg>", re.DOTALL)
_NAMED = re.compile(r"<(p|li|ul|ol|table|thead|tbody|tr|td|th|span)\b(?: (?!start=)[\w-]+=\"[^\"]*\")+>")


def outward(html: Html) -> str:
    """HTML with words in place of pictures, and links within the course as their words."""
    bare: str = labels(html, lambda label: label.capitalize())
    bare = _IMAGE.sub(lambda image: f"[{image[1]}]", bare)
    bare = _HOLE.sub(lambda link: link[2], bare)
    bare = _CALLOUT.sub(r"<blockquote><p><strong>\1</strong></p>\2</blockquote>", bare)
    return _NAMED.sub(r"<\1>", _OURS.sub("", bare)).replace(' rel="noopener noreferrer"', "")


def asked(question: Question) -> str:
    """Prompt and stem as one text, since other systems have no heading for a question."""
    return f"<p>{outward(question.prompt)}</p>{outward(question.stem)}"


def words(html: Html) -> str:
    """A piece of HTML where a format takes plain text only."""
    return plain(Html(outward(html)))


def is_marked_up(html: Html) -> bool:
    """Whether plain text would lose something of it."""
    return "<" in outward(html)


def tell_text(question: Question, note: About) -> None:
    """Say what of its text no other system can show."""
    found = "".join(texts(question))
    for image in _IMAGE.finditer(found):
        note(f"the picture “{image[1]}” is not carried; its alternative text stands in its place")
    for link in _HOLE.finditer(found):
        note(f"the link to `{link[1]}` leads into this course; only its words are carried")
    if "<aside" in found:
        note("a callout becomes a quotation")
    if "<details" in found or "<figcaption" in found:
        note("what stands in details or a caption becomes plain text")
    if "<svg" in found:
        note("a picture that is made from a list or a table becomes that list or table")


def tell_attributes(question: Question, note: About, *carried: str) -> None:
    """Say which of the heading's attributes are lost; `carried` are those that the format has words for."""
    said = question.attributes
    rubric = question.body.criteria if isinstance(question.body, WrittenBody) else ()
    if question.points != 1 and "points" not in carried:
        note(f"it weighs {question.points} points here, and 1 there")
    if not question.shuffle and "shuffle" not in carried and not rubric:
        note("the fixed order of its choices (`shuffle=no`) is not carried")
    if said.get("credit") == "all":
        note("all or nothing (`credit=all`) is not carried: partly right answers earn a part there")
    if said.get("case") == "strict" and "case" not in carried:
        note("that capitals count (`case=strict`) is not carried")
    if said.get("renamed-from"):
        note("its earlier ids (`renamed-from`) are not carried")


def decimal(number: Fraction, places: int = 7) -> str:
    """A number in decimal digits, at most so many after the point."""
    exact = round(Decimal(number.numerator) / Decimal(number.denominator), places)
    return canonical(exact)


def percent(share: Fraction) -> str:
    """A share as other systems write it: 33.33333."""
    return decimal(share * 100, 5)


def accents(texts_: tuple[str, ...]) -> bool:
    """Whether a typed key has letters that other systems take for others without their accent."""
    return any(ord(char) > 127 and char.isalpha() for text in texts_ for char in text)
