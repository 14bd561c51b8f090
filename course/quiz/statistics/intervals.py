"""Between which values a figure lies with 95 % confidence, considering how few attempts it comes from."""

from collections.abc import Sequence
from fractions import Fraction
from math import atanh, exp, log, sqrt, tanh
from typing import NamedTuple

from course.quiz.statistics.moments import Number, mean, variance

Z = 1.959963984540054
"""The normal distribution's 97.5 % quantile."""


class Interval(NamedTuple):
    low: float
    high: float


def proportion_interval(proportion: Number | float | None, s: int) -> Interval | None:
    """Wilson's score interval (1927) of a proportion 0 to 1 over s cases; None over none.

    It serves for a facility, too: marks between 0 and the maximum vary at most as much as right and wrong do, so with
    partial credit it is a little too wide, never too narrow.
    """
    if proportion is None or s < 1:
        return None
    p = float(proportion)
    middle, scale = p + Z * Z / (2 * s), 1 + Z * Z / s
    half = Z * sqrt(p * (1 - p) / s + Z * Z / (4 * s * s))
    return Interval(max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale))


def mean_interval(values: Sequence[Number]) -> Interval | None:
    """The mean and what lies Z standard errors around it, in the unit of the values; None for less than two."""
    middle, spread = mean(values), variance(values)
    if middle is None or spread is None:
        return None
    half = Z * sqrt(spread / len(values))
    return Interval(float(middle) - half, float(middle) + half)


def correlation_interval(percent: float | None, s: int) -> Interval | None:
    """Of a correlation in percent over s pairs, by Fisher's transformation (1921); None for less than four pairs.

    For a discrimination index it is a guide: marks of single items are not normal.
    """
    if percent is None or s < 4:
        return None
    r = percent / 100
    if abs(r) >= 1:
        return Interval(percent, percent)
    half = Z / sqrt(s - 3)
    return Interval(100 * tanh(atanh(r) - half), 100 * tanh(atanh(r) + half))


def alpha_interval(alpha: Fraction | None, s: int, items: int) -> Interval | None:
    """Of Cronbach's alpha in percent over s attempts and so many items, by Bonett (2002); None for less than three.

    ln(1 - alpha) is about normal with variance 2 p / ((p - 1)(s - 2)).
    """
    if alpha is None or s < 3 or items < 2:
        return None
    if alpha >= 100:
        return Interval(100.0, 100.0)
    middle, half = log(1 - alpha / 100), Z * sqrt(2 * items / ((items - 1) * (s - 2)))
    return Interval(100 * (1 - exp(middle + half)), 100 * (1 - exp(middle - half)))
