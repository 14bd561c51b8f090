"""How an answer lies in a response's row: what a learner typed in `text`, everything else as JSON in `value`."""

import json

from course.learning.assessment.models import Response
from course.quiz.model import Value


def stored(value: Value | None) -> tuple[str | None, str | None]:
    """`value` and `text` of a response's row; both None for an answer that was taken back."""
    if value is None:
        return None, None
    if isinstance(value, str):
        return None, value
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")), None


def answer(response: Response | None) -> Value | None:
    """The answer in a response, None where there is none or it was taken back."""
    if response is None:
        return None
    if response.text is not None:
        return response.text
    return None if response.value is None else json.loads(response.value)


def same(response: Response | None, value: Value | None) -> bool:
    """Whether a response holds this answer. No response is the same as no answer."""
    return stored(answer(response)) == stored(value)
