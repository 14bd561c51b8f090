"""Who chose what: counts per choice by ability group, the attempts in three parts by their total."""

from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

from course.quiz.statistics.moments import Number

GROUPS = 3
"""Lower, middle and upper third."""

Choice = TypeVar("Choice", bound=Hashable)


def ability_groups(totals: Sequence[Number], groups: int = GROUPS) -> list[int]:
    """For each attempt its group by total, 0 the lowest. Equal totals are in one group, so groups may differ in size.

    An attempt's place is the middle of the places that its total holds among s; its group the part in which that lies.
    """
    s = len(totals)
    ordered = sorted(totals)
    group_of: dict[Number, int] = {}
    start = 0
    while start < s:
        end = start
        while end < s and ordered[end] == ordered[start]:
            end += 1
        group_of[ordered[start]] = groups * (start + end) // (2 * s)
        start = end
    return [min(groups - 1, group_of[total]) for total in totals]


def choice_counts(
    chosen: Sequence[Collection[Choice]], group_of: Sequence[int], groups: int = GROUPS
) -> dict[Choice, tuple[int, ...]]:
    """How often each choice was taken in each group, lowest group first. `chosen` has what each attempt took."""
    counts: dict[Choice, list[int]] = {}
    for taken, group in zip(chosen, group_of, strict=True):
        for choice in taken:
            counts.setdefault(choice, [0] * groups)[group] += 1
    return {choice: tuple(by_group) for choice, by_group in counts.items()}
