"""How the quiz as a whole does: the shape of its marks, and how far they can be trusted.

T are the attempts' totals, s their number, m_n their n-th central moment (divided by s). Source: classical test theory,
as Moodle 4.5's quiz statistics define it (docs.moodle.org, "Quiz statistics calculations").
"""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

from course.quiz.statistics.moments import Number, central_moment, variance


def skewness(totals: Sequence[Number]) -> float | None:
    """k3 / k2^1.5, 0 for a symmetric distribution, below 0 where many do well and some very badly.

    k2 = s m2 / (s - 1), k3 = s^2 m3 / ((s - 1)(s - 2)). None for less than three attempts, or where all are alike.
    """
    s, k2 = len(totals), variance(totals)
    if s < 3 or not k2:
        return None
    k3 = s**2 * central_moment(totals, 3) / ((s - 1) * (s - 2))
    return float(k3) / float(k2 * sqrt(k2))


def kurtosis(totals: Sequence[Number]) -> Fraction | None:
    """Excess kurtosis k4 / k2^2, 0 for the normal distribution, higher where a few are far from the rest.

    k4 = s^2 ((s + 1) m4 - 3 (s - 1) m2^2) / ((s - 1)(s - 2)(s - 3)). None for less than four attempts, or where all
    are alike.
    """
    s, k2 = len(totals), variance(totals)
    if s < 4 or not k2:
        return None
    m2, m4 = central_moment(totals, 2), central_moment(totals, 4)
    k4 = s**2 * ((s + 1) * m4 - 3 * (s - 1) * m2**2) / ((s - 1) * (s - 2) * (s - 3))
    return k4 / k2**2


def cronbach_alpha(items: Sequence[Sequence[Number]], totals: Sequence[Number] | None = None) -> Fraction | None:
    """Coefficient of internal consistency (Cronbach's alpha), in percent; at most 100, and negative for nonsense.

    100 p / (p - 1) (1 - sum var(x_i) / k2), p the number of items, those of maximum 0 included, k2 the variance of the
    totals. Each of `items` has a mark for every attempt. Only for s > 2, p > 1 and k2 > 0, else None. It has no meaning
    where attempts have different items (drawn at random): do not ask for it there.
    """
    sums = totals if totals is not None else [sum(row) for row in zip(*items, strict=True)]
    p, k2 = len(items), variance(sums)
    if len(sums) < 3 or p < 2 or not k2:
        return None
    apart = sum((variance(marks) or Fraction(0) for marks in items), Fraction(0))
    return 100 * Fraction(p, p - 1) * (1 - apart / k2)


def error_ratio(alpha: Number | None) -> float | None:
    """100 sqrt(1 - alpha / 100): the part of the standard deviation, in percent, that is chance and not ability."""
    return None if alpha is None or alpha > 100 else 100 * sqrt(1 - Fraction(alpha) / 100)


def standard_error(ratio: float | None, deviation: float | None) -> float | None:
    """Standard error of measurement, in marks: error ratio x standard deviation / 100.

    How far a learner's mark may be from what the quiz would give them on the average of many such quizzes.
    """
    return None if ratio is None or deviation is None else ratio * deviation / 100
