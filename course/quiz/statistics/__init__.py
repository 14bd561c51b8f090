"""What results say about a quiz and its questions, as classical test theory defines it. Pure, exact where it can be.

Marks come in as integers or fractions; roots come out as floats, everything else as `Fraction`. A figure that its
definition does not give (nothing varies, too few attempts) is None, never 0. `analyse` works all of them out at once.
"""

from course.quiz.statistics.analysis import Item, ItemStatistics, QuizStatistics, analyse
from course.quiz.statistics.groups import GROUPS, ability_groups, choice_counts
from course.quiz.statistics.guessing import random_guess_score
from course.quiz.statistics.intervals import (
    Interval,
    alpha_interval,
    correlation_interval,
    mean_interval,
    proportion_interval,
)
from course.quiz.statistics.items import (
    discrimination_index,
    discriminative_efficiency,
    effective_weight,
    facility,
    intended_weight,
    standard_deviation,
)
from course.quiz.statistics.moments import Number, covariance, mean, median, variance
from course.quiz.statistics.totals import cronbach_alpha, error_ratio, kurtosis, skewness, standard_error
from course.quiz.statistics.verdicts import DOUBTFUL, FEWEST, Verdict, enough, verdicts

__all__ = [
    "DOUBTFUL",
    "FEWEST",
    "GROUPS",
    "Interval",
    "Item",
    "ItemStatistics",
    "Number",
    "QuizStatistics",
    "Verdict",
    "ability_groups",
    "alpha_interval",
    "analyse",
    "choice_counts",
    "correlation_interval",
    "covariance",
    "cronbach_alpha",
    "discrimination_index",
    "discriminative_efficiency",
    "effective_weight",
    "enough",
    "error_ratio",
    "facility",
    "intended_weight",
    "kurtosis",
    "mean",
    "mean_interval",
    "median",
    "proportion_interval",
    "random_guess_score",
    "skewness",
    "standard_deviation",
    "standard_error",
    "variance",
    "verdicts",
]
