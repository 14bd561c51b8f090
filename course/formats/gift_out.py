"""GIFT, the plain-text format that many systems read. A question is a block; a blank line ends it."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from course.formats import outward
from course.formats.outward import accents, asked, decimal, is_marked_up, percent, words
from course.formats.report import About, Report
from course.quiz.choices import Choices
from course.quiz.model import Html, Question, Quiz
from course.quiz.pairs import Pairs
from course.quiz.ranges import Range
from course.quiz.types.numerical import NumericalBody, bounds
from course.quiz.types.short import ShortBody
from course.quiz.types.truefalse import TrueFalseBody
from course.quiz.types.written import WrittenBody

_SIGNS = re.compile(r"[\\~=#{}:]")
_LEFT_OUT = {
    "cloze": "GIFT has no text with gaps",
    "order": "GIFT has no ordering",
    "scale": "GIFT has no survey questions",
}


def write(quiz: Quiz, report: Report) -> str:
    """The questions of `quiz` as a GIFT file. What GIFT cannot carry is in `report`."""
    report.whole(
        "the rules of the quiz, its pass mark and its introduction are not carried: GIFT is a bank of questions"
    )
    blocks = [f"$CATEGORY: {quiz.title.replace('/', '//')}"]
    for question in quiz.questions:
        note = report.about(question.line, question.id)
        written = _WRITERS.get(question.type)
        if written is None:
            note(f"left out: {_LEFT_OUT.get(question.type, f'GIFT has no type like {question.type}')}")
            continue
        outward.tell_text(question, note)
        outward.tell_attributes(question, note)
        blocks.append(_block(question, written(question, note)))
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Text in which no sign means anything to GIFT; line ends are written as `\\n`."""
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _block(question: Question, answers: list[str]) -> str:
    tag = f" [tag:objective:{question.objective}]" if question.objective else ""
    general = [f"####{_html(question.feedback)}"] if question.feedback else []
    lines = "".join(f"\n\t{line}" for line in [*answers, *general])
    text = escaped(asked(question))
    return f"// [id:{question.id}]{tag}\n::{escaped(question.id)}::[html]{text}{{{lines}{chr(10) if lines else ''}}}"


def _html(html: Html) -> str:
    """HTML as an answer or as feedback; a percent sign in front would be read as a weight."""
    text = escaped(outward.outward(html))
    return f"&\\#37;{text[1:]}" if text.startswith("%") else text


def _said(feedback: Html | None) -> str:
    return f"#{_html(feedback)}" if feedback else ""


def _typed(text: str) -> str:
    """A text to be typed: a star would stand for anything."""
    return escaped(text.replace("*", "\\*"))


def _single(question: Question, note: About) -> list[str]:
    return [f"{'=' if one.key else '~'}{_html(one.text)}{_said(one.feedback)}" for one in _choices(question, note)]


def _multiple(question: Question, note: About) -> list[str]:
    choices = _choices(question, note)
    share = Fraction(1, sum(one.key for one in choices))
    return [
        f"~%{'' if one.key else '-'}{percent(share)}%{escaped(outward.outward(one.text))}{_said(one.feedback)}"
        for one in choices
    ]


def _choices(question: Question, note: About) -> Any:
    body = _of(question, Choices)
    if any(one.id != str(at) for at, one in enumerate(body.choices, start=1)):
        note("the ids of its choices are not carried")
    return body.choices


def _truefalse(question: Question, note: About) -> list[str]:
    body = _of(question, TrueFalseBody)
    return [f"{'T' if body.key == 'true' else 'F'}{_said(body.feedback)}"]


def _short(question: Question, note: About) -> list[str]:
    body = _of(question, ShortBody)
    if accents(body.keys) and question.attributes.get("accents") != "strict":
        note("accents are forgiven here; there, an answer without them is wrong")
    wrong = [f"=%0%{_typed(text)}{_said(one.feedback)}" for one in body.wrong for text in one.texts]
    return [*(f"=%100%{_typed(key)}" for key in body.keys), *wrong]


def _numerical(question: Question, note: About) -> list[str]:
    body = _of(question, NumericalBody)
    if body.unit:
        note(f"the unit `{body.unit}` is not carried: a number alone is right there, and one with the unit is not")
    if "tolerance" in question.attributes:
        note(f"the tolerance of {question.attributes['tolerance']} is carried as a range of numbers")
    key = bounds(question)
    wrong = [f"=%0%{_range(one.range)}{_said(one.feedback)}" for one in body.wrong]
    return [f"#{'' if wrong else _range(key)}", *([f"=%100%{_range(key)}", *wrong] if wrong else [])]


def _range(written: Range) -> str:
    middle = Fraction(written.shown[0])
    if len(written.shown) == 2:
        return f"{decimal(written.low)}..{decimal(written.high)}"
    within = written.high - middle
    return f"{decimal(middle)}:{decimal(within)}" if within else decimal(middle)


def _pairs(question: Question, note: About) -> list[str]:
    body = _of(question, Pairs)
    note("the headings of its two columns are not carried")
    if question.type == "categorise":
        note("it becomes a matching question whose right sides repeat")
    if body.wrong:
        note("the feedback for wrong pairs is not carried")
    if any(is_marked_up(target.text) for target in body.targets):
        note("marks such as bold or code are not carried on the right side of pairs")
    used = {item.target for item in body.items}
    rows = [(outward.outward(item.text), words(body.text_of(item.target))) for item in body.items]
    rows += [("", words(target.text)) for target in body.targets if target.id not in used]
    return [f"={escaped(left.replace('->', '-&gt;'))} -> {escaped(right)}" for left, right in rows]


def _written(question: Question, note: About) -> list[str]:
    if _of(question, WrittenBody).criteria:
        note("the rubric is not carried")
    return []


def _of(question: Question, kind: type[Any]) -> Any:
    if not isinstance(question.body, kind):
        raise TypeError(f"Question {question.id} is not of type {question.type}")
    return question.body


_WRITERS: dict[str, Callable[[Question, About], list[str]]] = {
    "single": _single,
    "multiple": _multiple,
    "truefalse": _truefalse,
    "short": _short,
    "numerical": _numerical,
    "match": _pairs,
    "categorise": _pairs,
    "written": _written,
}
