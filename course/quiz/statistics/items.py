"""How one item does. x is its mark in each attempt, o the rest of the test (the total less x), T the total.

Source of all: classical test theory, as Moodle 4.5's quiz statistics define it (docs.moodle.org, "Quiz statistics
calculations"). Other systems differ: Canvas leaves blanks out, uses the population's variance, and calls the difference
between the best and the last 27 % the discrimination index.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

from course.quiz.statistics.moments import Number, covariance, mean, variance


def facility(marks: Sequence[Number], maximum: Number) -> Fraction | None:
    """Facility index: mean(x) / maximum, 0 to 1, the higher the easier.

    None where the maximum is 0 or nobody attempted it. An item left unanswered counts as 0.
    """
    average = mean(marks)
    return None if average is None or maximum == 0 else average / Fraction(maximum)


def standard_deviation(marks: Sequence[Number]) -> float | None:
    """sqrt(var x), in marks, over the sample's variance (divided by s - 1); None for less than two attempts."""
    spread = variance(marks)
    return None if spread is None else sqrt(spread)


def intended_weight(maximum: Number, quiz_maximum: Number) -> Fraction | None:
    """The item's maximum as a percentage of the quiz's; None where the quiz's is 0."""
    return None if quiz_maximum == 0 else 100 * Fraction(maximum) / Fraction(quiz_maximum)


def effective_weight(with_total: Fraction | None, of_all: Sequence[Fraction | None]) -> float | None:
    """How much of the spread of totals an item really brings, in percent of what all items bring.

    100 sqrt(cov(x, T)) / sum of sqrt(cov(x_i, T)) over the items. `with_total` is this item's covariance with the
    total, `of_all` every item's. Negative covariances are left out of the sum, and an item of negative covariance has
    no weight: None, to be shown as such. None, too, where no item varies with the total.
    """
    whole = sum(sqrt(one) for one in of_all if one is not None and one > 0)
    if with_total is None or with_total < 0 or whole == 0:
        return None
    return 100 * sqrt(with_total) / whole


def discrimination_index(marks: Sequence[Number], rest: Sequence[Number]) -> float | None:
    """The correlation of the item with the rest of the test, in percent, -100 to 100.

    100 cov(x, o) / sqrt(var x var o): whether those who do well elsewhere do well here. None where either does not
    vary. For an item that was drawn at random `rest` is the total including it.
    """
    together, x, o = covariance(marks, rest), variance(marks), variance(rest)
    if together is None or not x or not o:
        return None
    return 100 * max(-1.0, min(1.0, float(together) / sqrt(x * o)))


def discriminative_efficiency(marks: Sequence[Number], rest: Sequence[Number]) -> Fraction | None:
    """How well the item discriminates, in percent of what is possible with its marks; doubtful below 15.

    100 cov(x, o) / covmax, where covmax is the covariance of x sorted with o sorted. None where covmax is 0.
    """
    together, most = covariance(marks, rest), covariance(sorted(marks), sorted(rest))
    return None if together is None or not most else 100 * together / most
