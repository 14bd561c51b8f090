"""What the overview shows, gathered for its template."""

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import current_app

from course.catalogue.published import Published
from course.results import groups, words
from course.results.charts import Column, columns
from course.results.items import queries as items
from course.results.overview import queries, rules
from course.results.overview.queries import Quizzed
from course.results.overview.rules import Stop
from course.results.scope import Scope

Context = dict[str, Any]
WEEKS_SHOWN = 26
MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class QuizRow:
    """A quiz in the overview's table. `passed`: learners; `doubtful`: questions that do not work."""

    name: str
    title: str
    figures: Quizzed
    passed: int
    rate: Fraction | None
    doubtful: int


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """Learners by language; `language` is "" for those put together because each group is too small."""

    language: str
    enrolled: int
    completed: int


def overview(published: Published, scope: Scope, now: int, language: str) -> Context:
    who = queries.learners(scope, now)
    done = queries.done(scope)
    shown = groups.enough(who.enrolled) or scope == scope.whole
    line = rules.funnel(published, done, who.enrolled)
    return {
        "who": who,
        "shown": shown,
        "line": line,
        "steepest": rules.steepest(line) if shown else None,
        "titles": {stop.item: _title(published, stop, language) for stop in line},
        "quizzes": _quizzes(published, scope, done, now, language) if shown else [],
        "by_language": _by_language(scope),
        "weeks": (weeks := list(queries.by_week(scope).items())[-WEEKS_SHOWN:] if shown else []),
        "weeks_chart": columns([Column(words.day_of_year(at), count, str(count)) for at, count in weeks]),
        "others": queries.learners(Scope(scope.course_id, simulated=not scope.simulated), now).enrolled,
    }


def _title(published: Published, stop: Stop, language: str) -> str:
    outline = published.lesson(stop.name) if stop.kind == "lesson" else published.quiz(stop.name)
    return published.text(outline.titles, language)


def _quizzes(published: Published, scope: Scope, done: Any, now: int, language: str) -> list[QuizRow]:
    figures = queries.quizzes(scope)
    rows = []
    for name, outline in published.outline.quizzes.items():
        item = published.item("quiz", name)
        found = figures.get(item, Quizzed())
        passed = min(done.get(item, 0), found.tried)
        doubtful = _doubtful(published, name, scope, found.tried, now) if found.tried else 0
        title = published.text(outline.titles, language)
        # Where everything waits for marking, nobody has failed either.
        rate = words.share(passed, found.tried) if found.attempts > found.waits or passed else None
        rows.append(QuizRow(name, title, found, passed, rate, doubtful))
    return rows


def _doubtful(published: Published, quiz_id: str, scope: Scope, tried: int, now: int) -> int:
    """How many questions do not work. Over many learners, what was found lately is not worked out at each look."""
    kept: dict[Hashable, tuple[int, int, int]] = current_app.extensions.setdefault("course.results.doubtful", {})
    key = (published, quiz_id, scope)
    if key in kept:
        tried_then, at, found = kept[key]
        if rules.still_holds(tried_then, tried, now - at):
            return found
    found = len(items.doubtful(published, quiz_id, scope))
    if len(kept) >= MOST_KEPT:
        kept.pop(next(iter(kept)), None)
    kept[key] = tried, now, found
    return found


def _by_language(scope: Scope) -> list[LanguageRow]:
    found = queries.by_language(scope)
    names = groups.broken_down({language: enrolled for language, (enrolled, _done) in found.items()})
    rows: dict[str, LanguageRow] = {}
    for language, (enrolled, completed) in found.items():
        name = names[language] or ""
        so_far = rows.get(name, LanguageRow(name, 0, 0))
        rows[name] = LanguageRow(name, so_far.enrolled + enrolled, so_far.completed + completed)
    return [row for row in rows.values() if groups.enough(row.enrolled)]
