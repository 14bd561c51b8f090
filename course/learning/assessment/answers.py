"""How an answer lies in a response's row: what a learner typed in `text`, everything else as JSON in `value`."""

import json
from typing import NamedTuple

from course.learning.assessment.models import Response
from course.quiz.model import Value


def stored(value: Value | None) -> tuple[str | None, str | None]:
    """`value` and `text` of a response's row; both None for an answer that was taken back."""
    if value is None:
        return None, None
    if isinstance(value, str):
        return None, value
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")), None


class Given(NamedTuple):
    """What a save needs of a `Response`."""

    number: int
    language: str
    value: str | None
    text: str | None


def answer(response: Response | Given | None) -> Value | None:
    """The answer in a response, None where there is none or it was taken back."""
    return None if response is None else read_answer(response.value, response.text)


def read_answer(value: str | None, text: str | None) -> Value | None:
    """The answer that stands in these columns of a row; None where it was taken back, or erased (an empty text)."""
    if text is not None:
        return text or None
    return None if value is None else json.loads(value)


def same(response: Response | Given | None, value: Value | None) -> bool:
    """Whether a response holds this answer. No response is the same as no answer."""
    return stored(answer(response)) == stored(value)
