"""Ordering: `type=order` over a numbered list in the right order.

The fraction is the share of items that stand in their own place (`credit=all`: all of them, or nothing).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from course.markup.attributes import attributes
from course.markup.findings import Findings
from course.markup.html import plain
from course.markup.render import inline
from course.markup.writing import line
from course.quiz import writing
from course.quiz.contract import Draft, Names, QuestionType, Remark, Renaming, Tally
from course.quiz.fields import Fields
from course.quiz.lists import Entry, parse_list
from course.quiz.model import Html, Order, Question, Value
from course.quiz.orders import split
from course.quiz.release import Curtain


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: Html
    line: int = 1


@dataclass(frozen=True, slots=True)
class OrderBody:
    """The items in the right order."""

    items: tuple[Item, ...]


class PlaceView(NamedTuple):
    """An item as it is shown. `position` names its field; `place` is where the learner put it, from 1.

    `right`: whether that is its place. `key`: its place, when released.
    """

    position: int
    text: Html
    place: int | None
    right: bool | None
    key: int | None


@dataclass(frozen=True, slots=True)
class OrderView:
    """`items` in the attempt's order; `placed` in the learner's, which is the same until every item has its place.

    `key`: the items in the right order, when released.
    """

    items: tuple[PlaceView, ...]
    placed: tuple[PlaceView, ...]
    key: tuple[Html, ...] | None


class Ordering(QuestionType[OrderBody]):
    """Its value is `{"1": 2, "2": 1}`: an item's id to its place, from 1. Two may have been given one place."""

    name = "order"
    blocks = frozenset({"numbered"})
    partial = True
    Body = OrderBody

    def parse(self, draft: Draft, findings: Findings) -> OrderBody | None:
        before = len(findings.errors)
        entries = parse_list(draft.answer, findings)
        items = tuple(_item(entry, number, findings) for number, entry in enumerate(entries, start=1))
        _check(items, draft, entries, findings)
        return OrderBody(items) if len(findings.errors) == before else None

    def write(self, question: Question) -> list[str]:
        items = enumerate(self.body(question).items, start=1)
        return [f"{at}. {line(item.text)}{writing.own_id(item.id, at)}" for at, item in items]

    def size(self, question: Question) -> int:
        return len(self.body(question).items)

    def mixed(self, question: Question) -> int:
        return len(self.body(question).items)

    def key(self, question: Question) -> Value:
        return {item.id: place for place, item in enumerate(self.body(question).items, start=1)}

    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        items = self.body(question).items
        places = {
            items[at].id: fields.position(len(items) + 1, str(shown)) or None
            for shown, at in enumerate(_shown(items, order))
        }
        return {item.id: places[item.id] for item in items if places[item.id]} or None

    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        items, places = self.body(question).items, _places(value)
        return {str(shown): [str(places.get(items[at].id, ""))] for shown, at in enumerate(_shown(items, order))}

    def score(self, question: Question, value: Value, language: str) -> Fraction:
        return Fraction(*self.tally(question, value)[:2])

    def tally(self, question: Question, value: Value) -> Tally:
        items, places = self.body(question).items, _places(value)
        return Tally(sum(places.get(item.id) == place for place, item in enumerate(items, start=1)), len(items))

    def guess(self, question: Question) -> Fraction:
        return Fraction(1, len(self.body(question).items))

    def view(self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain) -> OrderView:
        items, places = self.body(question).items, _places(value)
        shown = tuple(
            _view(items[at], at + 1, position, places.get(items[at].id), curtain)
            for position, at in enumerate(_shown(items, order))
        )
        whole = sorted(places.values()) == list(range(1, len(items) + 1))
        placed = tuple(sorted(shown, key=lambda item: item.place or 0)) if whole else shown
        return OrderView(shown, placed, curtain.key(tuple(item.text for item in items)))

    def named(self, question: Question) -> Names:
        return {"item": {item.id: item.text for item in self.body(question).items}}

    def renamed(self, value: Value, names: Renaming) -> Value:
        return {names["item"].get(item, item): place for item, place in _places(value).items()}

    def differences(self, source: Question, translation: Question) -> Iterator[Remark]:
        theirs = [item.id for item in self.body(source).items]
        ours = [item.id for item in self.body(translation).items]
        if theirs != ours:
            message = f"The items are {', '.join(ours)}; in the source they are {', '.join(theirs)}"
            remedy = "keep the source's items, in its order, with the same {#id} where it has one"
            yield Remark(translation.line, "translation-items", message, remedy)

    def style(self, question: Question) -> Iterator[Remark]:
        if not question.feedback:
            remedy = "add general feedback (`> ...`) that says what the order follows from"
            yield Remark(question.line, "no-feedback", "Whoever is wrong is not told why", remedy)


def _view(item: Item, own: int, position: int, place: int | None, curtain: Curtain) -> PlaceView:
    right = None if place is None else curtain.correctness(place == own)
    return PlaceView(position, item.text, place, right, curtain.key(own))


def _shown(items: tuple[Item, ...], order: Order) -> list[int]:
    return split(order, [len(items)])[0]


def _places(value: Value | None) -> Mapping[str, int]:
    """The places in a stored value; none where it is of another shape."""
    named = value if isinstance(value, dict) else {}
    return {item: place for item, place in named.items() if isinstance(place, int)}


def _item(entry: Entry, number: int, findings: Findings) -> Item:
    words, own, others = attributes(entry.text, entry.place, findings)
    for name in others:
        message = f"An item has no attribute `{name}`"
        findings.error(entry.place, "unknown-attribute", message, "an item can have an {#id} and nothing else")
    return Item(own or str(number), inline(words, entry.place, findings), entry.place.line)


def _check(items: tuple[Item, ...], draft: Draft, entries: list[Entry], findings: Findings) -> None:
    if len(items) == 1:
        findings.error(draft.answer.place, "item-count", "The list has one item", "write 2 or more")
    ids: set[str] = set()
    texts: set[str] = set()
    for item, entry in zip(items, entries, strict=True):
        words = plain(item.text)
        if item.id in ids:
            message = f"Two items have the id `{item.id}`"
            findings.error(entry.place, "item-id", message, "give each its own; without {#id} it is its number")
        if not words or words in texts:
            message = f"Two items say “{words}”" if words else "This item has no words"
            findings.error(entry.place, "equal-items", message, "give each item words of its own")
        ids.add(item.id)
        texts.add(words)


TYPE = Ordering()
