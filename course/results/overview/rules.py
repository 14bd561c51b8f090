"""Where learners stop. Pure: the course's line and counts in, the funnel out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from course.catalogue.published import Published
from course.clock import MICROSECONDS
from course.learning.reading.rules import required, stops
from course.results.words import share


@dataclass(frozen=True, slots=True)
class Stop:
    """A lesson or quiz of the line: how many completed it, of all who enrolled, and how many the step before lost."""

    kind: str
    name: str
    item: int
    done: int
    share: Fraction | None
    lost: int


def funnel(published: Published, done: Mapping[int, int], enrolled: int) -> tuple[Stop, ...]:
    """The course's line with how many completed each stop. `lost` is against the most that any later stop could have:
    the fewest so far, since learners may take lessons in any order. What the course does not ask for loses nobody.
    """
    found: list[Stop] = []
    asked = required(published)
    fewest = enrolled
    for kind, name in stops(published):
        item = published.item(kind, name)
        count = done.get(item, 0)
        lost = max(0, fewest - count) if item in asked else 0
        found.append(Stop(kind, name, item, count, share(count, enrolled), lost))
        fewest -= lost
    return tuple(found)


FEW, HOUR = 200, 3600 * MICROSECONDS


def still_holds(tried_then: int, tried: int, age: int) -> bool:
    """Whether what an item analysis said over the first attempts of so many learners, so long ago (microseconds),
    still says which questions do not work: a twentieth more learners and an hour change little, but where they are few.
    """
    return tried_then >= FEW and age < HOUR and 0 <= tried - tried_then <= tried_then // 20


def steepest(line: Sequence[Stop]) -> tuple[Stop | None, Stop] | None:
    """The step at which most learners stop: the stop before (None for the beginning), and the one not reached."""
    if not line or not any(stop.lost for stop in line):
        return None
    at = max(range(len(line)), key=lambda number: line[number].lost)
    return (line[at - 1] if at else None), line[at]
