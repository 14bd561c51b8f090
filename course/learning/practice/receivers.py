"""What practice does when another room says that something happened."""

from typing import Any

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.learning.assessment.models import Attempt
from course.learning.models import Enrolment
from course.learning.practice import actions


def quiz_closed(attempt: Attempt, *, enrolment: Enrolment, published: Published, at: int, **_others: Any) -> None:
    """An attempt was graded: where its quiz now tells all about its questions, they are practised from now on."""
    actions.take_in(enrolment, catalogue.published(published.slug), at, attempt.item_id)
