"""One order of an attempt over several lists, such as both sides of a match."""

from collections.abc import Sequence

from course.quiz.model import Order


def split(order: Order, sizes: Sequence[int]) -> list[list[int]]:
    """For each list (by its size) the source positions in it, first shown first.

    `order` runs over all lists, one after the other; one that does not fit them counts as none.
    """
    total = sum(sizes)
    fitting = order if sorted(order) == list(range(total)) else range(total)
    found: list[list[int]] = []
    start = 0
    for size in sizes:
        found.append([position - start for position in fitting if start <= position < start + size])
        start += size
    return found
