"""An outline as bytes to store, and back."""

import functools

from pydantic import TypeAdapter

from course.content.model import Outline


def dump_outline(outline: Outline) -> bytes:
    """The outline as JSON."""
    return _adapter().dump_json(outline)


def load_outline(data: bytes) -> Outline:
    """What `dump_outline` stored. Raises ValueError for anything else."""
    return _adapter().validate_json(data)


@functools.cache
def _adapter() -> TypeAdapter[Outline]:
    return TypeAdapter(Outline)
