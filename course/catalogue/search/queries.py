"""Asking the index. What is found is the same on both databases; in which order, each decides by its own ranking.

A word may stand in every section of ten thousand lessons. So only the first `MOST` places of a search are ranked and
shown, after those that have the words in their heading, which come first.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select, text

from course.catalogue.search import rules
from course.catalogue.search.models import SearchSection, SearchSource
from course.catalogue.search.rules import Wanted
from course.db import Statement, db

MOST, MOST_IN_HEADINGS = 300, 100


class Place(NamedTuple):
    """A place that was found. `lesson` is "" for the glossary; `language` is that of its words."""

    course_id: int
    lesson: str
    language: str
    anchor: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """The places, the best first. `more`: there are others. `partly`: none has all the words, these have some."""

    places: tuple[int, ...] = ()
    more: bool = False
    partly: bool = False


_SQLITE = Statement(
    lambda: text(
        "WITH found AS MATERIALIZED "
        "(SELECT rowid AS id, rank AS place FROM search_index WHERE search_index MATCH :wanted LIMIT :most) "
        "SELECT id FROM found ORDER BY place, id"
    )
)
_POSTGRESQL = Statement(
    lambda: text(
        "WITH found AS MATERIALIZED (SELECT id, words FROM search_section "
        "WHERE words @@ CAST(:wanted AS tsquery) LIMIT :most) "
        "SELECT id FROM found ORDER BY ts_rank(words, CAST(:wanted AS tsquery), 1) DESC, id"
    )
)


def find(wanted: Sequence[Wanted]) -> Found:
    """The places that have all the words of one of `wanted`; where there are none, those that have some of them."""
    wanted = [one for one in wanted if one.scopes and one.units]
    if not wanted:
        return Found()
    _prepare()
    headings = _ranked([rules.in_headings(one) for one in wanted], MOST_IN_HEADINGS)
    within = _ranked(wanted, MOST + 1)
    places = tuple(dict.fromkeys([*headings, *within]))
    if places:
        return Found(places[:MOST], more=len(within) > MOST)
    return _partly(wanted)


def there_are_any(wanted: Sequence[Wanted]) -> bool:
    """Whether there is a place that has all the words of one of `wanted`."""
    wanted = [one for one in wanted if one.scopes and one.units]
    _prepare()
    return bool(wanted) and bool(_ranked(wanted, 1))


def shown(places: Sequence[int]) -> list[Place]:
    """What is to be shown of these places, in their order."""
    query = select(
        SearchSection.id,
        SearchSource.course_id,
        SearchSource.lesson,
        SearchSource.language,
        SearchSection.anchor,
        SearchSection.title,
        SearchSection.text,
    ).join(SearchSource, SearchSource.id == SearchSection.source_id)
    rows = {row[0]: Place(*row[1:]) for row in db.session.execute(query.where(SearchSection.id.in_(places)))}
    return [rows[place] for place in places if place in rows]


def _partly(wanted: Sequence[Wanted]) -> Found:
    """Each word alone; first come the places with most of the words, of those the ones with the rarest."""
    weights: Counter[int] = Counter()
    for at in range(max(len(one.units) for one in wanted)):
        single = [replace(one, units=(one.units[at],)) for one in wanted if len(one.units) > at]
        having = _ranked(single, MOST + 1)
        for place in having:
            weights[place] += 1_000_000 - 1000 * len(having)
    ordered = sorted(weights, key=lambda place: (-weights[place], place))
    return Found(tuple(ordered[:MOST]), more=len(ordered) > MOST, partly=True)


def _ranked(wanted: Sequence[Wanted], most: int) -> list[int]:
    sqlite = db.engine.dialect.name == "sqlite"
    asked = rules.for_sqlite(wanted) if sqlite else rules.for_postgresql(wanted)
    return [row[0] for row in (_SQLITE if sqlite else _POSTGRESQL).rows(wanted=asked, most=most)]


def _prepare() -> None:
    """PostgreSQL takes a word that is everywhere for a reason to read every row, and unpacking each is what costs."""
    if db.engine.dialect.name != "sqlite":
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
