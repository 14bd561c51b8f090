"""Things that are put to others: what matching and categorising have in common.

The items and the targets are shown in one order of the attempt: first all items, then all targets (`orders.split`).
A value maps an item's id to a target's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from course.markup.html import plain
from course.quiz.contract import Remark, Tally
from course.quiz.fields import Fields
from course.quiz.model import Html, Order, Question, Value
from course.quiz.orders import split
from course.quiz.release import Curtain


@dataclass(frozen=True, slots=True)
class Item:
    """What has to be put somewhere. Its `id` is its row's number, or the author's own; `target` the right one's."""

    id: str
    text: Html
    target: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Target:
    """What items are put to."""

    id: str
    text: Html


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A wrong pair that gets feedback of its own, by the ids of its item and target."""

    item: str
    target: str
    feedback: Html


@dataclass(frozen=True, slots=True)
class Pairs:
    """`heads` are the headings of the two columns."""

    heads: tuple[Html, Html]
    items: tuple[Item, ...]
    targets: tuple[Target, ...]
    wrong: tuple[Foreseen, ...] = ()

    @property
    def sizes(self) -> tuple[int, int]:
        return len(self.items), len(self.targets)

    def text_of(self, target: str) -> Html:
        return next(one.text for one in self.targets if one.id == target)


class OptionView(NamedTuple):
    """What an item may be put to. `position` is what the form sends; `words` the text where no HTML may stand."""

    position: int
    text: Html
    words: str
    chosen: bool


class PairView(NamedTuple):
    """An item as it is shown. `position` names its field; what is not released is None. `key` is the right target."""

    position: int
    text: Html
    options: tuple[OptionView, ...]
    right: bool | None
    key: Html | None
    feedback: Html | None

    @property
    def given(self) -> Html | None:
        return next((option.text for option in self.options if option.chosen), None)


@dataclass(frozen=True, slots=True)
class PairsView:
    """`listed`: whether each item's targets are a list to choose from, or stand in the open as radio fields."""

    heads: tuple[Html, Html]
    items: tuple[PairView, ...]
    listed: bool


def read(body: Pairs, order: Order, fields: Fields) -> Value | None:
    """Positions of targets, by the position of each item → ids by id; None where nothing was chosen."""
    items, targets = split(order, body.sizes)
    sent = {body.items[at].id: fields.position(len(targets), str(place)) for place, at in enumerate(items)}
    chosen = {item: body.targets[targets[place]].id for item, place in sent.items() if place is not None}
    return {item.id: chosen[item.id] for item in body.items if item.id in chosen} or None


def fill(body: Pairs, order: Order, value: Value | None, *, listed: bool) -> dict[str, list[str]]:
    """A list that is left alone sends an empty value, a group of radio fields none."""
    items, targets = split(order, body.sizes)
    chosen, places = given(value), {body.targets[at].id: str(place) for place, at in enumerate(targets)}
    sent = [places.get(chosen.get(body.items[at].id, ""), "") for at in items]
    return {str(place): [target] if target or listed else [] for place, target in enumerate(sent)}


def given(value: Value | None) -> Mapping[str, str]:
    """The ids in a stored value; none where it is of another shape."""
    named = value if isinstance(value, dict) else {}
    return {item: target for item, target in named.items() if isinstance(target, str)}


def key(body: Pairs) -> Value:
    return {item.id: item.target for item in body.items}


def tally(body: Pairs, value: Value) -> Tally:
    """Right pairs of all pairs."""
    chosen = given(value)
    return Tally(sum(chosen.get(item.id) == item.target for item in body.items), len(body.items))


def view(body: Pairs, order: Order, value: Value | None, curtain: Curtain, *, listed: bool) -> PairsView:
    """Correctness and feedback are for items that were put somewhere; the key is for all, when released."""
    items, targets = split(order, body.sizes)
    chosen = given(value)
    shown = [body.targets[at] for at in targets]
    return PairsView(
        body.heads,
        tuple(
            _item(body, body.items[at], place, shown, chosen.get(body.items[at].id), curtain)
            for place, at in enumerate(items)
        ),
        listed,
    )


def differences(source: Pairs, translation: Question, translated: Pairs) -> Iterator[Remark]:
    """Where the items of a translation, or what they belong to, are not the source's, in order."""
    theirs, ours = [item.id for item in source.items], [item.id for item in translated.items]
    if theirs != ours or len(source.targets) != len(translated.targets):
        message = f"The table has {_counted(translated)} here and {_counted(source)} in the source"
        remedy = "keep the source's rows, in its order, with the same {#id} where one has it"
        yield Remark(translation.line, "translation-rows", message, remedy)
        return
    for one, other in zip(source.items, translated.items, strict=True):
        if one.target != other.target:
            message = f"“{plain(other.text)}” does not belong to what it belongs to in the source"
            yield Remark(other.line, "translation-keys", message, "pair the rows as in the source")


def style(body: Pairs, question: Question) -> Iterator[Remark]:
    """Wrong pairs about which nothing is said."""
    if not body.wrong and not question.feedback:
        remedy = "add `= wrong: LEFT | RIGHT > why` under the table, or general feedback"
        yield Remark(question.line, "no-feedback", "Whoever is wrong is not told why", remedy)


def _item(body: Pairs, item: Item, place: int, shown: list[Target], chosen: str | None, curtain: Curtain) -> PairView:
    said = next((one.feedback for one in body.wrong if (one.item, one.target) == (item.id, chosen)), None)
    return PairView(
        position=place,
        text=item.text,
        options=tuple(
            OptionView(position, target.text, plain(target.text), target.id == chosen)
            for position, target in enumerate(shown)
        ),
        right=None if chosen is None else curtain.correctness(chosen == item.target),
        key=curtain.key(body.text_of(item.target)),
        feedback=curtain.feedback(said),
    )


def _counted(body: Pairs) -> str:
    ids = ", ".join(item.id for item in body.items)
    return f"{len(body.items)} filled left cells (ids {ids}) and {len(body.targets)} right sides"
