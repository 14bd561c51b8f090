"""Cloze: text with gaps, typed or chosen from a list. The fraction is the mean of the gaps by their weights.

Feedback for a foreseen wrong answer: `= wrong: GAP: TEXT > ...` under the text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from course.markup.findings import Findings
from course.quiz import gap_text, typed
from course.quiz.blocks import Answer
from course.quiz.contract import Draft, Names, QuestionType, Remark, Renaming, Tally
from course.quiz.fields import MAX_TEXT, Fields
from course.quiz.gap_feedback import with_feedback
from course.quiz.gaps import HOLE, Gap, parse_gaps
from course.quiz.keys import parse_wrong
from course.quiz.model import Html, Order, Question, Value
from course.quiz.orders import split
from course.quiz.release import Curtain


@dataclass(frozen=True, slots=True)
class ClozeBody:
    """`text` has a hole `<!--gap id-->` for each of the gaps, which stand in its order."""

    text: Html
    gaps: tuple[Gap, ...]

    @property
    def is_typed(self) -> bool:
        return any(gap.keys for gap in self.gaps)


class OptionView(NamedTuple):
    position: int
    words: str
    chosen: bool


class GapView(NamedTuple):
    """A gap as it is shown. `number` counts from 1; `text` is what was given, in words.

    `options` are empty where it is typed. What is not released is None; `keys` begins with the one to show.
    """

    position: int
    number: int
    text: str
    options: tuple[OptionView, ...]
    right: bool | None
    keys: tuple[str, ...] | None
    feedback: Html | None


@dataclass(frozen=True, slots=True)
class ClozeView:
    """`parts` are pieces of HTML and, between them, gaps; put together they are sound HTML."""

    parts: tuple[Html | GapView, ...]
    longest: int

    @property
    def gaps(self) -> tuple[GapView, ...]:
        return tuple(part for part in self.parts if isinstance(part, GapView))


class Cloze(QuestionType[ClozeBody]):
    """Its value is `{"a": "2"}`, a gap's id to an option's number.

    Where any gap is typed it is free text: a line `a: economic` for each gap that was filled.
    """

    name = "cloze"
    blocks = frozenset({"gaps"})
    options = typed.OPTIONS
    partial = True
    foreseen = True
    Body = ClozeBody

    def recognises(self, answer: Answer) -> bool:
        return answer.kind == "gaps"

    def parse(self, draft: Draft, findings: Findings) -> ClozeBody | None:
        before = len(findings.errors)
        typed.check_options(draft, findings)
        filled = parse_gaps(draft.answer, draft.attributes, findings)
        if filled is None:
            return None
        gaps = with_feedback(filled.gaps, parse_wrong(draft.wrong, findings), draft.attributes, findings)
        return ClozeBody(filled.text, gaps) if len(findings.errors) == before else None

    def write(self, question: Question) -> list[str]:
        return gap_text.write(self.body(question).text, self.body(question).gaps)

    def size(self, question: Question) -> int:
        return sum(len(gap.options) for gap in self.body(question).gaps)

    def key(self, question: Question) -> Value | None:
        body = self.body(question)
        return _value({gap.id: gap.right for gap in body.gaps}, body)

    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        body, orders = self.body(question), _orders(self.body(question), order)
        given = {gap.id: _sent(gap, orders[gap.id], fields, str(at)) for at, gap in enumerate(body.gaps)}
        return _value(given, body)

    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        body, orders, given = self.body(question), _orders(self.body(question), order), _given(value)
        return {str(at): [_position(gap, orders[gap.id], given.get(gap.id, ""))] for at, gap in enumerate(body.gaps)}

    def score(self, question: Question, value: Value, language: str) -> Fraction:
        return Fraction(*self.tally(question, value)[:2])

    def tally(self, question: Question, value: Value) -> Tally:
        gaps, given = self.body(question).gaps, _given(value)
        earned = sum(gap.weight for gap in gaps if _is_right(gap, given.get(gap.id, ""), question.attributes))
        weights = [gap.weight for gap in gaps]
        return Tally(earned, sum(weights), weighed=len(set(weights)) > 1)

    def guess(self, question: Question) -> Fraction:
        gaps = self.body(question).gaps
        chance = sum((Fraction(gap.weight, len(gap.options)) for gap in gaps if gap.options), Fraction(0))
        return chance / sum(gap.weight for gap in gaps)

    def view(self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain) -> ClozeView:
        body, orders, given = self.body(question), _orders(self.body(question), order), _given(value)
        shown = {
            gap.id: _view(gap, at, orders[gap.id], given.get(gap.id, ""), question.attributes, curtain)
            for at, gap in enumerate(body.gaps)
        }
        pieces = HOLE.split(body.text)
        return ClozeView(tuple(shown[one] if at % 2 else Html(one) for at, one in enumerate(pieces)), MAX_TEXT)

    def named(self, question: Question) -> Names:
        return {_group(gap): _options(gap) for gap in self.body(question).gaps}

    def renamed(self, value: Value, names: Renaming) -> Value:
        chosen = {gap: names.get(f"chosen {gap}", {}) for gap in _given(value)}
        given = {gap: chosen[gap].get(text, text) for gap, text in _given(value).items()}
        return _lines(given) if isinstance(value, str) else dict(given)

    def differences(self, source: Question, translation: Question) -> Iterator[Remark]:
        theirs = {gap.id: _pattern(gap) for gap in self.body(source).gaps}
        ours = {gap.id: _pattern(gap) for gap in self.body(translation).gaps}
        if theirs.keys() != ours.keys():
            message = f"The gaps are {', '.join(sorted(ours))}; in the source they are {', '.join(sorted(theirs))}"
            yield Remark(
                translation.line, "translation-gaps", message, "keep the source's gaps; their order may differ"
            )
            return
        for gap in self.body(translation).gaps:
            if ours[gap.id] != theirs[gap.id]:
                message = f"The gap `{gap.id}` is not as in the source"
                remedy = "give it the source's weight, and as many options with the same one right, or words to type"
                yield Remark(gap.line, "translation-keys", message, remedy)

    def style(self, question: Question) -> Iterator[Remark]:
        if not question.feedback and not any(gap.wrong for gap in self.body(question).gaps):
            remedy = "add `= wrong: GAP: TEXT > why` under the text, or general feedback"
            yield Remark(question.line, "no-feedback", "Whoever is wrong is not told why", remedy)


def _orders(body: ClozeBody, order: Order) -> dict[str, list[int]]:
    """Each gap's options as shown. Gaps are taken by id, since translations may have them in another order."""
    gaps = sorted(body.gaps, key=lambda gap: gap.id)
    return dict(zip((gap.id for gap in gaps), split(order, [len(gap.options) for gap in gaps]), strict=True))


def _sent(gap: Gap, order: list[int], fields: Fields, part: str) -> str:
    """What came for a gap, as it stands in a value: a text, or an option's number."""
    if gap.keys:
        return fields.text(part)
    at = fields.position(len(order), part)
    return "" if at is None else str(order[at] + 1)


def _position(gap: Gap, order: list[int], given: str) -> str:
    """The reverse: what the gap's field shows."""
    if gap.keys:
        return given
    return next((str(shown) for shown, at in enumerate(order) if str(at + 1) == given), "")


def _group(gap: Gap) -> str:
    return f"{'chosen' if gap.options else 'typed'} {gap.id}"


def _options(gap: Gap) -> dict[str, Html]:
    return {str(at): Html(option.text) for at, option in enumerate(gap.options, start=1)}


def _value(given: Mapping[str, str], body: ClozeBody) -> Value | None:
    kept = {gap: given[gap] for gap in sorted(given) if given[gap]}
    if body.is_typed:
        return _lines(kept) or None
    return dict(kept) or None


def _lines(given: Mapping[str, str]) -> str:
    return "\n".join(f"{gap}: {text}" for gap, text in given.items())


def _given(value: Value | None) -> dict[str, str]:
    """What a stored value has for each gap; nothing where it is of another shape."""
    if isinstance(value, str):
        lines = (line.partition(": ") for line in value.split("\n"))
        return {gap: text for gap, colon, text in lines if colon}
    named = value if isinstance(value, dict) else {}
    return {gap: given for gap, given in named.items() if isinstance(given, str)}


def _is_right(gap: Gap, given: str, attributes: Mapping[str, str]) -> bool:
    return typed.matches(given, gap.keys, attributes) if gap.keys else given == gap.right


def _view(
    gap: Gap, position: int, order: list[int], given: str, attributes: Mapping[str, str], curtain: Curtain
) -> GapView:
    right = bool(given) and _is_right(gap, given, attributes)
    text = gap.shown(given)
    said = None if right or not given else typed.feedback_for(text, gap.wrong, attributes)
    return GapView(
        position=position,
        number=position + 1,
        text=text,
        options=tuple(OptionView(shown, gap.options[at].text, str(at + 1) == given) for shown, at in enumerate(order)),
        right=curtain.correctness(right) if given else None,
        keys=curtain.key(gap.keys or (gap.shown(gap.right),)),
        feedback=curtain.feedback(said),
    )


def _pattern(gap: Gap) -> tuple[int, tuple[bool, ...]]:
    return gap.weight, tuple(option.key for option in gap.options)


TYPE = Cloze()
