"""The one place that knows what time it is, so that tests own time."""

import time
from collections.abc import Callable

MICROSECONDS = 1_000_000


def _machine() -> int:
    return time.time_ns() // 1000


_source: Callable[[], int] = _machine


def now() -> int:
    """The present moment, in integer microseconds since 1970-01-01 UTC."""
    return _source()


def use(source: Callable[[], int]) -> Callable[[], int]:
    """Replace the clock (tests only). Returns the source that was in force, so that it can be put back."""
    global _source
    previous, _source = _source, source
    return previous
