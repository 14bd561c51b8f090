"""Trying a question while the attempt goes on: where earlier tries cost something, each try is marked at once."""

from course.db import db
from course.learning.assessment import queries, rules
from course.learning.assessment.actions.hold import hold
from course.learning.assessment.models import Attempt, Marking
from course.quiz import SCORING_VERSION


def check(attempt: Attempt, position: int, at: int) -> None:
    """Count the answer that now stands at a position as a try. Checking the same answer twice is checking it once.

    Where tries cost nothing there is nothing to count: what the rules release is shown of any answer.
    """
    hold(attempt)
    if not rules.is_open(attempt, at) or not queries.rules(attempt).penalty:
        return
    asked = {row.id for row in queries.drawn(attempt) if row.position == position}
    tried = queries.marked(attempt)
    for response, fraction in queries.scored(attempt):
        if response.attempt_question_id in asked and response.id not in tried:
            marking = Marking(response_id=response.id, fraction=fraction, by=None, version=SCORING_VERSION, at=at)
            db.session.add(marking)
    db.session.flush()
