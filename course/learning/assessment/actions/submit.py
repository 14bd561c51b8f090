"""Handing in: what is in the form is saved first, then the attempt is closed and graded, in one transaction."""

from course.learning.assessment import rules
from course.learning.assessment.actions.close import close, settle
from course.learning.assessment.actions.hold import hold
from course.learning.assessment.actions.save import Form, Saved, has_answers, save
from course.learning.assessment.models import Attempt


def submit(attempt: Attempt, form: Form, at: int, language: str, key: str) -> Saved:
    """Hand an attempt in. Handing it in twice, from two tabs or by a double click, is handing it in once.

    After the deadline it closes at its deadline, with what was in time. `form` may hold no answers at all: then
    none came late, either.
    """
    saved = save(attempt, form, at, language, key, last=True) if has_answers(form) else Saved()
    hold(attempt)
    settle(attempt, at)
    if attempt.closed is None:
        close(attempt, at, rules.SUBMITTED)
    return saved
