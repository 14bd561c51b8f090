"""When an attempt may start, when it is over, and which response counts. Pure decisions over rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from course.catalogue.published import Published
from course.learning.assessment.models import Attempt, Response
from course.learning.models import Enrolment
from course.quiz import starting
from course.quiz.model import Rules
from course.quiz.starting import Bar, is_closed

OVERDUE, SUBMITTED = "overdue", "submitted"
MOST_SAVES = 5000
"""Saves, and responses, that an attempt keeps: more than anybody needs, and few enough to be read at once."""


class State(NamedTuple):
    """Of an attempt, what decides whether an answer counts; `responses` is the number of the last one."""

    deadline: int | None
    closed: int | None
    why: str | None
    responses: int


def overdue(attempt: Attempt | State, at: int) -> bool:
    """Whether the deadline has passed over an attempt whose row still says that it is open."""
    return attempt.closed is None and attempt.deadline is not None and at > attempt.deadline


def is_open(attempt: Attempt, at: int) -> bool:
    return attempt.closed is None and not overdue(attempt, at)


def is_late(attempt: Attempt | State, at: int) -> bool:
    """Whether an answer received at this moment comes too late to count.

    The moment decides, not who got the lock first: one that arrived before the deadline counts even when
    a sweep closed the attempt while it was waiting.
    """
    if attempt.why == SUBMITTED:
        return True
    return attempt.deadline is not None and at > attempt.deadline


def is_full(saves: int) -> bool:
    """Whether an attempt with so many saves, or responses, takes no more."""
    return saves >= MOST_SAVES


def attempts_left(rules: Rules, used: int) -> int | None:
    """How many more attempts may be started; None for no limit."""
    return None if rules.attempts is None else max(0, rules.attempts - used)


def may_answer_again(rules: Rules, made: Sequence[Attempt], at: int) -> bool:
    """Whether a learner with these attempts will still answer this quiz. The key may be shown when they will not.

    `rules` are those that hold for them, with what they were granted.
    """
    if any(is_open(attempt, at) for attempt in made):
        return True
    return attempts_left(rules, len(made)) != 0 and not is_closed(rules, at)


def bar(
    published: Published, quiz_id: str, rules: Rules, made: Sequence[Attempt], enrolment: Enrolment, at: int
) -> Bar | None:
    """Why a learner with these attempts, none of them open, may not start another at a moment; None where they may."""
    finished = done(enrolment)
    ended = [ended for attempt in made if (ended := closed(attempt, at)) is not None]
    return starting.bar(
        rules,
        at,
        used=len(made),
        last_closed=max(ended, default=None),
        passed=[name for name in rules.requires if published.item("quiz", name) in finished],
        modules=modules_before(published, quiz_id, finished),
    )


def closed(attempt: Attempt, at: int) -> int | None:
    """When an attempt ended, whatever its row says; None while it is open."""
    return attempt.deadline if overdue(attempt, at) else attempt.closed


def modules_before(published: Published, quiz_id: str, done: Collection[int]) -> tuple[str, ...]:
    """Ids of the modules that have to be completed before this quiz may be started, and are not."""
    asked = [name for module in published.outline.modules if module.quiz == quiz_id for name in module.requires]
    return tuple(name for name in asked if published.item("module", name) not in done)


def done(enrolment: Enrolment) -> frozenset[int]:
    """The items that an enrolment's learner has completed."""
    return frozenset(int(item) for item in enrolment.done_items.split(",") if item)


def counting(responses: Iterable[Response]) -> Mapping[int, Response]:
    """The response that counts for each attempt question: the last in time, late ones aside."""
    return {
        response.attempt_question_id: response
        for response in sorted(responses, key=lambda response: response.number)
        if not response.late
    }


def is_answer(response: Response | None) -> bool:
    """Whether there is an answer in it; one that was taken back is none."""
    return response is not None and (response.value is not None or response.text is not None)
