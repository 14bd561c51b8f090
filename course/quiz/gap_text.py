"""A text with gaps as an author writes it."""

from collections.abc import Sequence

from course.markup.writing import Unwritable, blocks, escaped
from course.quiz import writing
from course.quiz.gaps import HOLE, Gap, Option
from course.quiz.model import Html

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Around a gap's number while the text about it is written; no page shows them."""


def write(text: Html, gaps: Sequence[Gap]) -> list[str]:
    """The lines of the text, and of the feedback for wrong words after a blank one.

    Raises Unwritable where a word to be typed has a bracket or a backtick in it.
    """
    places = {gap.id: at for at, gap in enumerate(gaps)}
    marked = HOLE.sub(lambda hole: f"{_OPEN}{places[hole[1]]}{_CLOSE}", text)
    written = blocks(marked).replace("\\`", "&#96;")
    for at, gap in enumerate(gaps):
        written = written.replace(f"{_OPEN}{at}{_CLOSE}", _gap(gap))
    said = [
        writing.wrong(f"{gap.id}: {writing.typed(wrong.texts)}", wrong.feedback) for gap in gaps for wrong in gap.wrong
    ]
    return [*written.split("\n"), "", *said] if said else written.split("\n")


def _gap(gap: Gap) -> str:
    weight = f" x{gap.weight}" if gap.weight != 1 else ""
    return f"[[{gap.id}{weight}: {' | '.join(_option(option) for option in gap.options) or _keys(gap)}]]"


def _keys(gap: Gap) -> str:
    if set("[]`") & set("".join(gap.keys)):
        raise Unwritable("a gap to type into whose answer has a bracket or a backtick in it")
    return writing.typed(gap.keys)


def _option(option: Option) -> str:
    words = escaped(option.text).replace("\\[", "&#91;").replace("\\]", "&#93;").replace("\\`", "&#96;")
    return f"({'x' if option.key else ' '}) {words}"
