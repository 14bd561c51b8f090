"""Means, variances, covariances and central moments, exact: sums of integers over one common denominator."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from operator import mul

Number = int | Fraction


def mean(values: Sequence[Number]) -> Fraction | None:
    """The arithmetic mean; None of nothing."""
    whole, unit = _whole(values)
    return Fraction(sum(whole), unit * len(whole)) if whole else None


def median(values: Sequence[Number]) -> Fraction | None:
    """The value in the middle, or the mean of the two there; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    return Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half]) / 2


def variance(values: Sequence[Number]) -> Fraction | None:
    """The sample variance, sum (x - mean)^2 / (s - 1); None for less than two values."""
    return covariance(values, values)


def covariance(xs: Sequence[Number], ys: Sequence[Number]) -> Fraction | None:
    """The sample covariance, sum (x - mean x)(y - mean y) / (s - 1); None for less than two pairs.

    Raises ValueError where there are not as many of the one as of the other.
    """
    if len(xs) != len(ys):
        raise ValueError("a covariance is of pairs")
    s = len(xs)
    if s < 2:
        return None
    (x, x_unit), (y, y_unit) = _whole(xs), _whole(ys)
    products = sum(map(mul, x, y))
    return Fraction(s * products - sum(x) * sum(y), s * (s - 1) * x_unit * y_unit)


def central_moment(values: Sequence[Number], n: int) -> Fraction:
    """m_n = sum (x - mean)^n / s, for at least one value."""
    whole, unit = _whole(values)
    s, total = len(whole), sum(whole)
    return Fraction(sum((s * value - total) ** n for value in whole), s * (s * unit) ** n)


def _whole(values: Sequence[Number]) -> tuple[Sequence[int], int]:
    """The values as integers in units of 1 / the second: adding integers is exact, and far quicker than fractions."""
    if set(map(type, values)) <= {int}:
        return values, 1  # type: ignore[return-value]
    exact = [Fraction(value) for value in values]
    unit = lcm(*(value.denominator for value in exact))
    return [value.numerator * (unit // value.denominator) for value in exact], unit
