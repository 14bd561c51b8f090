"""What happens to attempts: they start, take answers, and are closed and graded. Nothing here commits."""

from course.learning.assessment.actions.close import close, recompute, regrade, sweep
from course.learning.assessment.actions.save import Saved, has_answers, save
from course.learning.assessment.actions.start import start
from course.learning.assessment.actions.submit import submit

__all__ = ["Saved", "close", "has_answers", "recompute", "regrade", "save", "start", "submit", "sweep"]
