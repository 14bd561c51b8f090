"""Which groups may be broken down. Pure: a figure of very few people tells about persons."""

from collections.abc import Mapping
from typing import TypeVar

from course.results.scope import FEWEST

Name = TypeVar("Name")
OTHERS = None
"""What is put together because each alone would be too few."""


def broken_down(sizes: Mapping[Name, int], fewest: int = FEWEST) -> dict[Name, Name | None]:
    """By group, under which name it is shown: its own, or OTHERS.

    Those below `fewest` are put together; where even together they are below it, the next smallest joins them, since
    the rest could else be worked out from the whole.
    """
    shown: dict[Name, Name | None] = {name: name for name in sizes}
    together = 0
    for name, size in sorted(sizes.items(), key=lambda pair: (pair[1], str(pair[0]))):
        if size >= fewest and (together == 0 or together >= fewest):
            break
        shown[name] = OTHERS
        together += size
    return shown


def enough(learners: int) -> bool:
    """Whether figures of so many learners may be shown as a group's."""
    return learners >= FEWEST
