"""Numerical: `= 10 ± 1 %` is absolute, in the unit; `= 9..11` a range; `tolerance=5%` on the heading is relative."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from course.markup.findings import Findings
from course.quiz import writing
from course.quiz.blocks import Answer
from course.quiz.contract import Draft, Names, QuestionType, Understood
from course.quiz.fields import MAX_TEXT, Fields
from course.quiz.keys import Keys, first_key, parse_keys
from course.quiz.model import Html, Order, Question, Value
from course.quiz.numbers import canonical, read_number, write_number
from course.quiz.ranges import Range, parse_range, write_range
from course.quiz.release import Curtain

_LOOSE = re.compile(r"[-+−]?\.?[0-9]")
_SAMPLE = Decimal("1234.5")
_TOLERANCE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*%")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A wrong number that gets feedback of its own."""

    range: Range
    feedback: Html


@dataclass(frozen=True, slots=True)
class NumericalBody:
    key: Range
    unit: str = ""
    wrong: tuple[Foreseen, ...] = ()


@dataclass(frozen=True, slots=True)
class NumericalView:
    """`understood` says how what was typed was taken; None where nothing was."""

    text: str
    longest: int
    understood: Understood | None
    unit: str
    right: bool | None
    feedback: Html | None
    key: tuple[str, ...] | None


class Numerical(QuestionType[NumericalBody]):
    """Its value is `{"number": "1500"}`, the same in every language, or the text that was no number."""

    name = "numerical"
    blocks = frozenset({"equals"})
    options = frozenset({"tolerance"})
    Body = NumericalBody

    def recognises(self, answer: Answer) -> bool:
        return answer.kind == "equals" and _LOOSE.match(first_key(answer)) is not None

    def parse(self, draft: Draft, findings: Findings) -> NumericalBody | None:
        before = len(findings.errors)
        keys = parse_keys(draft.answer, findings)
        body = _body(keys, findings) if keys else None
        if body and "tolerance" in draft.attributes:
            _check_tolerance(draft, body, findings)
        return body if len(findings.errors) == before else None

    def write(self, question: Question) -> list[str]:
        body = self.body(question)
        key = f"= {write_range(body.key)} {body.unit}".rstrip()
        return [key, *(writing.wrong(write_range(wrong.range), wrong.feedback) for wrong in body.wrong)]

    def key(self, question: Question) -> Value:
        return {"number": canonical(self.body(question).key.shown[0])}

    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        text = fields.text()
        number = read_number(_without_unit(text, self.body(question).unit), language)
        return {"number": canonical(number)} if number is not None else text or None

    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        text = _shown(value, language)
        return {"": [text] if text else []}

    def understood(self, question: Question, value: Value, language: str) -> Understood:
        read_as = _shown(value, language) if _number(value) is not None else None
        return Understood(read_as, write_number(_SAMPLE, language))

    def score(self, question: Question, value: Value, language: str) -> Fraction:
        number = _number(value)
        return Fraction(number is not None and self.body(question).key.holds(number, _slack(question)))

    def guess(self, question: Question) -> Fraction:
        return Fraction(0)

    def view(
        self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain
    ) -> NumericalView:
        body, number = self.body(question), _number(value)
        right = number is not None and body.key.holds(number, _slack(question))
        return NumericalView(
            text=_shown(value, language),
            longest=MAX_TEXT,
            understood=None if value is None else self.understood(question, value, language),
            unit=body.unit,
            right=curtain.correctness(right) if value is not None else None,
            feedback=None if right else curtain.feedback(_feedback(number, body)),
            key=curtain.key(tuple(write_number(end, language) for end in body.key.shown)),
        )

    def named(self, question: Question) -> Names:
        unit = self.body(question).unit
        return {f"in {unit}": {}} if unit else {}


def bounds(question: Question) -> Range:
    """The numbers that are right, a relative tolerance counted in."""
    key, slack = TYPE.body(question).key, _slack(question)
    return replace(key, low=key.low - abs(key.low) * slack, high=key.high + abs(key.high) * slack)


def _number(value: Value | None) -> Fraction | None:
    """The number in a stored value, if it holds one."""
    stored = value.get("number") if isinstance(value, Mapping) else None
    return Fraction(stored) if isinstance(stored, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", stored) else None


def _shown(value: Value | None, language: str) -> str:
    """What the field shows: the number as the page's language writes it, or the text that was no number."""
    number = _number(value)
    if number is None or not isinstance(value, dict):
        return value if isinstance(value, str) else ""
    return write_number(Decimal(str(value["number"])), language)


def _without_unit(text: str, unit: str) -> str:
    """`10 %` as `10`, where the question's unit is %."""
    if unit and text.casefold().endswith(unit.casefold()):
        return text[: -len(unit)].rstrip()
    return text


def _slack(question: Question) -> Fraction:
    match = _TOLERANCE.fullmatch(question.attributes.get("tolerance", ""))
    return Fraction(match[1]) / 100 if match else Fraction(0)


def _feedback(number: Fraction | None, body: NumericalBody) -> Html | None:
    if number is None:
        return None
    return next((wrong.feedback for wrong in body.wrong if wrong.range.holds(number)), None)


def _body(keys: Keys, findings: Findings) -> NumericalBody | None:
    read = parse_range(keys.key.text, keys.key.place, findings)
    foreseen = []
    for wrong in keys.wrong:
        other = parse_range(wrong.text, wrong.place, findings)
        if other and read and read[0].low <= other[0].low <= other[0].high <= read[0].high:
            remedy = "narrow the key, or take this line out"
            findings.error(wrong.place, "right-and-wrong", "This answer counts as right", remedy)
        elif other:
            foreseen.append(Foreseen(other[0], wrong.feedback))
    return NumericalBody(*read, tuple(foreseen)) if read else None


def _check_tolerance(draft: Draft, body: NumericalBody, findings: Findings) -> None:
    written = draft.attributes["tolerance"]
    if not _TOLERANCE.fullmatch(written):
        message = f"`tolerance={written}` is not a percentage"
        remedy = "write `tolerance=5%`; a tolerance in the unit stands in the key, as `= 10 ± 1`"
        findings.error(draft.place, "tolerance", message, remedy)
    elif body.key.low != body.key.high:
        message = "The key has a tolerance of its own"
        findings.error(draft.place, "tolerance", message, "keep that in the key, or `tolerance=` in the heading")


TYPE = Numerical()
