"""What happens to attempts: they start, take answers, and are closed and graded. Nothing here commits."""

from course.learning.assessment.actions.close import close, conclude, recompute, sweep
from course.learning.assessment.actions.save import Saved, has_answers, save
from course.learning.assessment.actions.start import start
from course.learning.assessment.actions.submit import submit

__all__ = ["Saved", "close", "conclude", "has_answers", "recompute", "save", "start", "submit", "sweep"]
