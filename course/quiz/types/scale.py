"""Scale: `type=scale` over `- 1: not at all` to `- 5: fully`. A survey: nothing in it is right, nothing is marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from course.markup.findings import Findings
from course.markup.render import inline
from course.markup.writing import line
from course.quiz.choices import chosen
from course.quiz.contract import Draft, QuestionType, Remark
from course.quiz.fields import Fields
from course.quiz.lists import Entry, parse_list
from course.quiz.model import Html, Order, Question, Value
from course.quiz.release import Curtain

MAX_STEPS = 11
_STEP = re.compile(r"(?P<number>[0-9]{1,3})(?:\s*:\s*(?P<text>.*)|\s*)")


@dataclass(frozen=True, slots=True)
class Step:
    """A point on the scale; one in the middle may have no words."""

    number: int
    text: Html


@dataclass(frozen=True, slots=True)
class ScaleBody:
    steps: tuple[Step, ...]


class StepView(NamedTuple):
    position: int
    number: int
    text: Html
    chosen: bool


@dataclass(frozen=True, slots=True)
class ScaleView:
    steps: tuple[StepView, ...]


class Scale(QuestionType[ScaleBody]):
    """Its value is `["4"]`, the number that was chosen."""

    name = "scale"
    blocks = frozenset({"bulleted"})
    marking = "none"
    Body = ScaleBody

    def parse(self, draft: Draft, findings: Findings) -> ScaleBody | None:
        before = len(findings.errors)
        steps = tuple(step for entry in parse_list(draft.answer, findings) if (step := _step(entry, findings)))
        if len(findings.errors) == before:
            _check(steps, draft, findings)
        return ScaleBody(steps) if len(findings.errors) == before else None

    def write(self, question: Question) -> list[str]:
        steps = self.body(question).steps
        return [f"- {step.number}: {line(step.text)}" if step.text else f"- {step.number}" for step in steps]

    def key(self, question: Question) -> None:
        return None

    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        steps = self.body(question).steps
        at = fields.position(len(steps))
        return None if at is None else [str(steps[at].number)]

    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        steps = self.body(question).steps
        return {"": [str(at) for at, step in enumerate(steps) if str(step.number) in chosen(value)]}

    def score(self, question: Question, value: Value, language: str) -> Fraction:
        return Fraction(0)

    def view(self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain) -> ScaleView:
        steps = enumerate(self.body(question).steps)
        return ScaleView(
            tuple(StepView(at, step.number, step.text, str(step.number) in chosen(value)) for at, step in steps)
        )

    def differences(self, source: Question, translation: Question) -> Iterator[Remark]:
        theirs = [str(step.number) for step in self.body(source).steps]
        ours = [str(step.number) for step in self.body(translation).steps]
        if theirs != ours:
            message = f"The scale goes {', '.join(ours)}; in the source it goes {', '.join(theirs)}"
            yield Remark(translation.line, "translation-steps", message, "keep the source's numbers")


def _step(entry: Entry, findings: Findings) -> Step | None:
    match = _STEP.fullmatch(entry.text)
    if match is None:
        message = f"`{entry.text[:40]}` is no point on a scale"
        findings.error(entry.place, "scale-step", message, "write a number, a colon and words: `- 1: not at all`")
        return None
    return Step(int(match["number"]), inline(match["text"] or "", entry.place, findings))


def _check(steps: tuple[Step, ...], draft: Draft, findings: Findings) -> None:
    here = draft.answer.place
    if not 2 <= len(steps) <= MAX_STEPS:
        findings.error(here, "scale-steps", f"The scale has {len(steps)} points", f"write 2 to {MAX_STEPS}")
        return
    numbers = [step.number for step in steps]
    if numbers != sorted(set(numbers)):
        findings.error(here, "scale-steps", "The numbers of the scale do not rise", "begin with the smallest number")
    if not (steps[0].text and steps[-1].text):
        remedy = "say at both ends what the number means"
        findings.error(here, "scale-ends", "An end of the scale has no words", remedy)


TYPE = Scale()
