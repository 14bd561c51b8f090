"""Choices: what single choice and multiple response have in common."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from course.markup.attributes import attributes
from course.markup.findings import Findings, Place
from course.markup.html import plain
from course.markup.render import fragment, inline
from course.markup.scan import Line
from course.quiz.blocks import BULLET, CHOICE, Answer, place
from course.quiz.contract import Names, Remark, Renaming
from course.quiz.fields import Fields
from course.quiz.model import EMPTY, Html, Order, Question, Value
from course.quiz.quotes import CALLOUT, unquote
from course.quiz.release import Curtain

MAX_CHOICES = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice. Its `id` is its number in the source language, or the author's own."""

    id: str
    text: Html
    key: bool
    feedback: Html = EMPTY
    line: int = 1


@dataclass(frozen=True, slots=True)
class Choices:
    choices: tuple[Choice, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(choice.id for choice in self.choices if choice.key)


class ChoiceView(NamedTuple):
    """A choice as it is shown. `position` is what the form sends; what is not released is None.

    `right`: whether it was right to choose this, for a choice that was. `key`: whether this belongs to the answer.
    """

    position: int
    text: Html
    chosen: bool
    right: bool | None
    key: bool | None
    feedback: Html | None


@dataclass(slots=True)
class _Item:
    """A choice's lines, before Markdown."""

    place: Place
    key: bool
    words: list[str]
    feedback: list[Line] = field(default_factory=list)


def parse_choices(answer: Answer, findings: Findings) -> tuple[Choice, ...] | None:
    """The choices of a list of `( )` or `[ ]`; None after an error."""
    before = len(findings.errors)
    items = _items(answer, findings)
    choices = tuple(_choice(item, number, answer.file, findings) for number, item in enumerate(items, start=1))
    _check(choices, items, answer, findings)
    return choices if len(findings.errors) == before else None


def shown(choices: tuple[Choice, ...], order: Order) -> list[Choice]:
    """The choices in the order of an attempt. An order that does not fit them counts as none."""
    if sorted(order) != list(range(len(choices))):
        return list(choices)
    return [choices[at] for at in order]


def read_choices(choices: tuple[Choice, ...], order: Order, fields: Fields) -> Value | None:
    """Positions in the shown order → ids in the source's order; None where nothing was chosen."""
    ordered = shown(choices, order)
    chosen = {ordered[position].id for position in fields.positions(len(ordered))}
    return [choice.id for choice in choices if choice.id in chosen] or None


def right_choices(choices: tuple[Choice, ...]) -> Value:
    return [choice.id for choice in choices if choice.key]


def fill_choices(choices: tuple[Choice, ...], order: Order, value: Value | None) -> dict[str, list[str]]:
    picked = chosen(value)
    return {"": [str(at) for at, choice in enumerate(shown(choices, order)) if choice.id in picked]}


def chosen(value: Value | None) -> frozenset[str]:
    """The ids in a stored value; none where it is of another shape."""
    return frozenset(item for item in value if isinstance(item, str)) if isinstance(value, list) else frozenset()


def view_choices(
    choices: tuple[Choice, ...], order: Order, value: Value | None, curtain: Curtain
) -> tuple[ChoiceView, ...]:
    """The choices as shown. Correctness and feedback are for those chosen; the key is for all, when released."""
    picked = chosen(value)
    return tuple(
        ChoiceView(
            position=position,
            text=choice.text,
            chosen=choice.id in picked,
            right=curtain.correctness(choice.key) if choice.id in picked else None,
            key=curtain.key(choice.key),
            feedback=curtain.feedback(choice.feedback) or None if choice.id in picked else None,
        )
        for position, choice in enumerate(shown(choices, order))
    )


def named(choices: tuple[Choice, ...]) -> Names:
    return {"choice": {choice.id: choice.text for choice in choices}}


def renamed(value: Value, names: Renaming) -> Value:
    return [names["choice"].get(choice, choice) for choice in value if isinstance(choice, str)]


def differences(source: tuple[Choice, ...], translation: Question, translated: tuple[Choice, ...]) -> Iterator[Remark]:
    """Where ids or keys of a translation's choices are not the source's, in order."""
    theirs, ours = [choice.id for choice in source], [choice.id for choice in translated]
    if theirs != ours:
        yield Remark(
            translation.line,
            "translation-choices",
            f"The choices are {', '.join(ours)}; in the source they are {', '.join(theirs)}",
            "keep the source's choices, in its order, with the same {#id} where it has one",
        )
        return
    for one, other in zip(source, translated, strict=True):
        if one.key != other.key:
            yield Remark(
                other.line,
                "translation-keys",
                f"This choice is {'right' if other.key else 'wrong'} here and {'right' if one.key else 'wrong'} "
                "in the source",
                "mark the same choices as in the source",
            )


def style(choices: tuple[Choice, ...]) -> Iterator[Remark]:
    """Wrong choices that teach nothing, and a key that its length gives away."""
    for choice in choices:
        if not choice.key and not choice.feedback:
            yield Remark(
                choice.line,
                "no-feedback",
                f"Whoever takes “{plain(choice.text)}” is not told why it is wrong",
                "add a line `  > ...` under it",
            )
    wrong = [len(plain(choice.text)) for choice in choices if not choice.key]
    for choice in choices if wrong else ():
        length = len(plain(choice.text))
        if choice.key and length > 1.5 * max(wrong) and length > max(wrong) + 15:
            yield Remark(
                choice.line,
                "length-cue",
                "The right choice is much longer than the others, which gives it away",
                "shorten it, or say more in the others",
            )


def _items(answer: Answer, findings: Findings) -> list[_Item]:
    items: list[_Item] = []
    for line in answer.lines:
        here = place(answer.file, line)
        if match := None if line.inert else CHOICE.match(line.live):
            items.append(_Item(here, match["mark"][1] in "xX", [match["text"] or ""]))
        elif not line.inert and BULLET.match(line.live) and not line.live.startswith("    "):
            remedy = "begin it with `- ( )` or `- (x)`, or `- [ ]` or `- [x]`, as the others"
            findings.error(here, "choice-marker", "This choice is not marked as right or wrong", remedy)
        elif items and line.live.lstrip().startswith(">"):
            items[-1].feedback.append(line)
        elif items and line.live.strip():
            _more_words(items[-1], line, here, findings)
    return items


def _more_words(item: _Item, line: Line, here: Place, findings: Findings) -> None:
    if item.feedback:
        message = "This line under a choice's feedback belongs to nothing"
        findings.error(here, "feedback-line", message, "begin it with `>`, as the line above")
    elif line.inert:
        message = "Code cannot stand in a choice"
        findings.error(here, "code-in-choice", message, "put it before the choices, or in the feedback")
    else:
        item.words.append(line.live.strip())


def _choice(item: _Item, number: int, file: str, findings: Findings) -> Choice:
    text, own, others = attributes(" ".join(item.words), item.place, findings)
    for name in others:
        message = f"A choice has no attribute `{name}`"
        findings.error(item.place, "unknown-attribute", message, "a choice can have an {#id} and nothing else")
    if not text.strip():
        findings.error(item.place, "empty-choice", "This choice has no words", "write what it says after the marker")
    feedback = EMPTY
    if item.feedback:
        start = place(file, item.feedback[0])
        quoted = unquote(item.feedback)
        if CALLOUT.match(quoted):
            remedy = "write the feedback without `[!...]`"
            findings.error(start, "callout-as-feedback", "A callout under a choice is no feedback", remedy)
        feedback = fragment(quoted, start, findings)
    return Choice(own or str(number), inline(text, item.place, findings), item.key, feedback, item.place.line)


def _check(choices: tuple[Choice, ...], items: list[_Item], answer: Answer, findings: Findings) -> None:
    if not 2 <= len(choices) <= MAX_CHOICES:
        count = "one choice" if len(choices) == 1 else f"{len(choices)} choices"
        findings.error(answer.place, "choice-count", f"The question has {count}", f"write 2 to {MAX_CHOICES}")
    ids: set[str] = set()
    texts: set[str] = set()
    for choice, item in zip(choices, items, strict=True):
        if choice.id in ids:
            message = f"Two choices have the id `{choice.id}`"
            findings.error(item.place, "choice-id", message, "give each its own; without {#id} it is its number")
        words = plain(choice.text)
        if words and words in texts:
            findings.error(item.place, "equal-choices", f"Two choices say “{words}”", "change or remove one")
        ids.add(choice.id)
        texts.add(words)
