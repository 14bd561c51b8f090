"""What happens to attempts: they start, take answers, and are closed and graded. Nothing here commits."""

from course.learning.assessment.actions.check import check
from course.learning.assessment.actions.close import close, conclude, recompute, sweep, tell_closed
from course.learning.assessment.actions.grant import LONGEST_REASON, MOST_ATTEMPTS, MOST_TIME, grant
from course.learning.assessment.actions.reset import reset
from course.learning.assessment.actions.save import Saved, has_answers, save
from course.learning.assessment.actions.start import start
from course.learning.assessment.actions.submit import submit

__all__ = [
    "LONGEST_REASON",
    "MOST_ATTEMPTS",
    "MOST_TIME",
    "Saved",
    "check",
    "close",
    "conclude",
    "grant",
    "has_answers",
    "recompute",
    "reset",
    "save",
    "start",
    "submit",
    "sweep",
    "tell_closed",
]
