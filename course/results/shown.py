"""What the pages of results show, gathered for their templates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from flask_babel import ngettext

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.learning.assessment import banks
from course.learning.assessment import queries as assessment
from course.learning.assessment.marking import queries, regrading, rules
from course.learning.assessment.models import MILLION, Marking
from course.learning.assessment.words import when
from course.people.queries import names
from course.quiz import NOTHING, view
from course.quiz.types.written import Criterion
from course.quiz.view import points
from course.web.language import interface_language, path_language

Context = dict[str, Any]
LISTED = 50
LOOKED_AT = 500
"""Attempts that one page of a regrade goes through."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list's address asks for. `since` and `after` are where the last page ended."""

    marked: bool = False
    names: bool = False
    since: int = 0
    after: int = 0

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        numbers = {name: query.get(name, "") for name in ("since", "after")}
        cursor = {name: int(text) for name, text in numbers.items() if text.isdecimal() and len(text) < 19}
        return cls(query.get("show") == "marked", query.get("names") == "1", **cursor)

    def address(self, **changes: object) -> dict[str, object]:
        """The query of this list, or of one that differs from it. A page of its own begins anew."""
        asked = {"show": "marked" if self.marked else None, "names": "1" if self.names else None} | changes
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Marked:
    """A marking as it is shown: who, when (in words), the points, the levels picked, what was said."""

    by: str
    at: str
    mark: str
    levels: tuple[int, ...] | None
    comment: str
    reason: str


def mark(fraction: int, of: int) -> str:
    """`7.5 of 10 points`."""
    earned = points(Fraction(fraction, MILLION) * of, interface_language())
    return ngettext("%(mark)s of %(num)s point", "%(mark)s of %(num)s points", of, mark=earned)


def percent(grade: int) -> int:
    """A grade (millionths) in hundredths, rounded down, as learners see it."""
    return 100 * grade // MILLION


def index(published: Published, person: int, language: str) -> Context:
    """A course's quizzes, and what waits in each."""
    found = queries.queues(published.course_id, person)
    rows = []
    for name, outline in published.outline.quizzes.items():
        queue = found.get(published.item("quiz", name), queries.EMPTY)
        quiz = catalogue.quiz(published, name, language)
        written = any(question.type == "written" for question in quiz.questions)
        rows.append((name, published.text(outline.titles, language), queue, written or queue != queries.EMPTY, False))
    rows += [(name, name, found[item], True, True) for item, name in _gone(published, found).items()]
    waiting = [queue for _, _, queue, *_ in rows if queue.waits]
    return _course(published) | {
        "rows": rows,
        "waits": sum(queue.waits for queue in waiting),
        "oldest": min((queue.oldest or 0 for queue in waiting), default=None),
        "own": sum(queue.own for _, _, queue, *_ in rows),
    }


def _gone(published: Published, items: Iterable[int]) -> dict[int, str]:
    """Those of these quizzes that have left the course, by the name that they had."""
    gone = set(items) - published.names.keys()
    return {item: name for (kind, name), item in published.items.items() if kind == "quiz" and item in gone}


def marking(published: Published, quiz: str, item: int, person: int, asked: Asked) -> Context:
    """The answers to a quiz that wait, or that were marked."""
    if asked.marked:
        found = queries.marked(item, asked.after or None, LISTED + 1)
    else:
        found = queries.listed(published.course_id, item, person, (asked.since, asked.after), LISTED + 1)
    rows, more = found[:LISTED], len(found) > LISTED
    last = rows[-1] if rows else None
    onward: dict[str, object] = {}
    if more and last:
        onward = {"after": last.marking} if asked.marked else {"since": last.at, "after": last.response}
    people = {one.person for one in rows if asked.names} | {one.by for one in rows if one.by is not None}
    queues = queries.queues(published.course_id, person)
    return _of_quiz(published, quiz) | {
        "asked": asked,
        "queue": queues.get(item, queries.EMPTY),
        "elsewhere": _elsewhere(published, queues, item),
        "others_wait": any(one.waits for other, one in queues.items() if other != item),
        "rows": rows,
        "onward": asked.address(**onward) if onward else None,
        "called": names(people),
        "prompts": _prompts(published, quiz, {one.question for one in rows}),
        "mark": mark,
    }


def _elsewhere(
    published: Published, queues: Mapping[int, queries.Queue], item: int
) -> tuple[str, str, queries.Queue] | None:
    """Where to go on when nothing waits here: the quiz whose oldest answer waits longest, with its title."""
    others = [(one.oldest or 0, other, one) for other, one in queues.items() if other != item and one.waits]
    for _oldest, other, queue in sorted(others, key=lambda one: one[:2]):
        name = published.names.get(other, ("", ""))[1]
        if name in published.outline.quizzes:
            return name, published.text(published.quiz(name).titles, path_language()), queue
    return None


def answer(
    published: Published,
    quiz: str,
    found: queries.Answer,
    person: int,
    with_names: bool,
    sent: Mapping[str, str] | None = None,
    *,
    wrong: Sequence[str] = (),
    clash: bool = False,
) -> Context:
    """One answer and the form of its marking. `sent` is what the form held, where it comes back."""
    language = path_language()
    asked = next(one for one in assessment.shown(found.attempt, language) if one.drawn.id == found.drawn.id)
    rows = rules.criteria(asked.question)
    called = names({found.person} | {one.by for one in found.markings if one.by is not None})
    earlier = [_marked(one, found.drawn.points, called) for one in found.markings]
    queue = queries.queues(published.course_id, person).get(found.attempt.item_id, queries.EMPTY)
    closed = found.attempt.closed or 0
    onward = queries.following(published.course_id, found.attempt.item_id, person, (closed, found.response.id))
    return _of_quiz(published, quiz) | {
        "found": found,
        "view": view(asked.question, asked.order, None, language, NOTHING, "q"),
        "text": found.response.text or "",
        "rows": rows,
        "values": dict(sent) if sent is not None else _values(found.latest, found.drawn.points),
        "wrong": tuple(wrong),
        "clash": clash,
        "yours": _chosen(rows, sent) if clash and sent is not None else (),
        "earlier": earlier,
        "is_own": found.person == person,
        "names": with_names,
        "learner": called.get(found.person, ""),
        "queue": queue,
        "onward": onward if onward != found.response.id else None,
    }


def regrade(published: Published, quiz: str, item: int, after: int, person: int) -> Context:
    """What the published keys would change in up to `LOOKED_AT` attempts behind the attempt `after`."""
    found = regrading.of_quiz(item, published, after, LOOKED_AT)
    changed = [one for one in found if one.changes]
    others = [one for one in changed if one.person != person]
    asked = {change.question for one in found for change in one.changes}
    left: dict[tuple[str, regrading.Why], int] = {}
    for one in found:
        for row in one.left:
            asked.add(row.question)
            left[row.question, row.why] = left.get((row.question, row.why), 0) + 1
    return _of_quiz(published, quiz) | {
        "changed": others,
        "own": len(changed) - len(others),
        "raised": sum(one.after > one.before for one in others),
        "lowered": sum(one.after < one.before for one in others),
        "pass_now": sum(one.passes == (False, True) for one in others),
        "fail_now": sum(one.passes == (True, False) for one in others),
        "left": left,
        "looked_at": len(found),
        "all": regrading.count(item),
        "under_way": regrading.under_way(item, published),
        "after": after,
        "onward": found[-1].attempt if len(found) == LOOKED_AT else None,
        "called": names({one.person for one in others}),
        "prompts": _prompts(published, quiz, asked),
        "mark": mark,
        "percent": percent,
        "revision": published.revision,
        "wrong": False,
        "reason": "",
    }


def _marked(marking: Marking, of: int, called: Mapping[int, str]) -> Marked:
    return Marked(
        by=called.get(marking.by or 0, ""),
        at=when(marking.at),
        mark=mark(marking.fraction, of),
        levels=rules.read_levels(marking.levels),
        comment=marking.comment,
        reason=marking.reason,
    )


def _values(latest: Marking | None, of: int) -> dict[str, str]:
    """The form's fields, filled in from the marking that counts."""
    if latest is None:
        return {}
    levels = rules.read_levels(latest.levels) or ()
    typed = points(Fraction(latest.fraction, MILLION) * of, path_language())
    return {f"level-{at}": str(level) for at, level in enumerate(levels)} | {"comment": latest.comment, "mark": typed}


def _chosen(rows: tuple[Criterion, ...], sent: Mapping[str, str]) -> tuple[str, ...]:
    """The points that were picked in each row, as they were sent."""
    return tuple(sent.get(f"level-{at}", "") for at in range(len(rows)))


def _prompts(published: Published, quiz: str, names: Iterable[str]) -> dict[str, str]:
    """The prompts (HTML) of questions that attempts at a quiz hold, by what they are called there."""
    if quiz not in published.outline.quizzes:
        return {}
    known = [name for name in names if "/" not in name or name.partition("/")[0] in published.outline.quizzes]
    found = banks.questions(published, quiz, known, path_language())
    return {name: found[name].prompt for name in known if name in found}


def _course(published: Published) -> Context:
    return {
        "course": published.slug,
        "course_title": published.text(published.outline.titles, path_language()),
        "languages": tuple(published.outline.languages),
        "when": when,
    }


def _of_quiz(published: Published, quiz: str) -> Context:
    outline = published.outline.quizzes.get(quiz)
    title = quiz if outline is None else published.text(outline.titles, path_language())
    return _course(published) | {"quiz": quiz, "title": title}
