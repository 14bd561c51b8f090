"""Pairs as the table that they are read from."""

from course.markup.html import plain
from course.markup.writing.words import escaped
from course.quiz import writing
from course.quiz.model import EMPTY, Html
from course.quiz.pairs import Foreseen, Item, Pairs


def write(body: Pairs) -> list[str]:
    """The lines of the table, and of the feedback for wrong pairs after a blank one."""
    rows = _rows(body)
    ids = ["" if item is None else writing.own_id(item.id, at) for at, (item, _) in enumerate(rows, start=1)]
    cells = [[EMPTY if item is None else item.text, right] for item, right in rows]
    lines = writing.table(body.heads, cells, ids)
    said = [_wrong(body, one) for one in body.wrong]
    return [*lines, "", *said] if said else lines


def _rows(body: Pairs) -> list[tuple[Item | None, Html]]:
    """The rows: items in their order, and a target without items before the first item of a later one."""
    rows: list[tuple[Item | None, Html]] = []
    used = {item.target for item in body.items}
    waiting = [target for target in body.targets if target.id not in used]
    places = {target.id: at for at, target in enumerate(body.targets)}
    for item in body.items:
        while waiting and places[waiting[0].id] < places[item.target]:
            rows.append((None, waiting.pop(0).text))
        rows.append((item, body.text_of(item.target)))
    return [*rows, *((None, target.text) for target in waiting)]


def _wrong(body: Pairs, one: Foreseen) -> str:
    item = next(item for item in body.items if item.id == one.item)
    sides = [writing.spelled(escaped(plain(side))) for side in (item.text, body.text_of(one.target))]
    return writing.wrong(" | ".join(sides), one.feedback)
