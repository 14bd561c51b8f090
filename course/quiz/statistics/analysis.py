"""All figures of a quiz at once, from its marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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
from course.quiz.statistics.moments import Number, covariance, mean, median
from course.quiz.statistics.totals import cronbach_alpha, error_ratio, kurtosis, skewness, standard_error


@dataclass(frozen=True, slots=True)
class Item:
    """What is put in for one item. `marks` by attempt; an attempt that was not asked it is not among them.

    `guess` is its random guess score. `drawn`: attempts get it at random, so not all have it.
    """

    name: str
    maximum: Number
    marks: Mapping[int, Number] | Sequence[Number]
    guess: Fraction | None = None
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item. Weights, discrimination and efficiency in percent, deviation in marks, facility and guess 0 to 1.

    `reverses`: its covariance with the total is negative, so that it has no effective weight.
    """

    name: str
    maximum: Fraction
    attempts: int
    facility: Fraction | None
    facility_interval: Interval | None
    standard_deviation: float | None
    random_guess_score: Fraction | None
    intended_weight: Fraction | None
    effective_weight: float | None
    reverses: bool
    discrimination_index: float | None
    discrimination_interval: Interval | None
    discriminative_efficiency: Fraction | None


@dataclass(frozen=True, slots=True)
class QuizStatistics:
    """The quiz. Mean, median, deviation and standard error in marks; alpha and error ratio in percent.

    `drawn`: not every attempt had every item (questions are drawn at random, or one was changed), so that alpha, error
    ratio and standard error are undefined.
    """

    attempts: int
    maximum: Fraction
    mean: Fraction | None
    mean_interval: Interval | None
    median: Fraction | None
    standard_deviation: float | None
    skewness: float | None
    kurtosis: Fraction | None
    cronbach_alpha: Fraction | None
    alpha_interval: Interval | None
    error_ratio: float | None
    standard_error: float | None
    items: tuple[ItemStatistics, ...]
    drawn: bool = False


def analyse(items: Sequence[Item], totals: Sequence[Number], maximum: Number, unit: int = 1) -> QuizStatistics:
    """The figures of a quiz. `totals` has every attempt's total, in the order that the items' marks are by.

    What is put in is in units of 1 / `unit` marks: integers are added quickly, whatever fractions of a mark there are.
    What comes out is in marks.
    """
    asked = [_asked(item, totals) for item in items]
    drawn = any(item.drawn or len(marks) < len(totals) for item, (marks, _) in zip(items, asked, strict=True))
    with_total = [covariance(marks, whole) for marks, whole in asked]
    s, deviation = len(totals), _marks(standard_deviation(totals), unit)
    average, middle, around = mean(totals), median(totals), mean_interval(totals)
    alpha = None if drawn else cronbach_alpha([marks for marks, _ in asked], totals)
    ratio = error_ratio(alpha)
    return QuizStatistics(
        attempts=s,
        maximum=Fraction(maximum, unit),
        mean=None if average is None else average / unit,
        mean_interval=None if around is None else Interval(around.low / unit, around.high / unit),
        median=None if middle is None else middle / unit,
        standard_deviation=deviation,
        skewness=skewness(totals),
        kurtosis=kurtosis(totals),
        cronbach_alpha=alpha,
        alpha_interval=alpha_interval(alpha, s, len(items)),
        error_ratio=ratio,
        standard_error=standard_error(ratio, deviation),
        items=tuple(
            _item(item, marks, whole, maximum, unit, effective_weight(with_total[at], with_total), with_total[at])
            for at, (item, (marks, whole)) in enumerate(zip(items, asked, strict=True))
        ),
        drawn=drawn,
    )


def _asked(item: Item, totals: Sequence[Number]) -> tuple[Sequence[Number], Sequence[Number]]:
    """The item's marks, and the totals of the attempts that have one."""
    if isinstance(item.marks, Mapping):
        return list(item.marks.values()), [totals[at] for at in item.marks]
    return item.marks, totals


def _marks(deviation: float | None, unit: int) -> float | None:
    return None if deviation is None else deviation / unit


def _item(
    item: Item,
    marks: Sequence[Number],
    whole: Sequence[Number],
    maximum: Number,
    unit: int,
    weight: float | None,
    with_total: Fraction | None,
) -> ItemStatistics:
    rest = whole if item.drawn else [total - mark for total, mark in zip(whole, marks, strict=True)]
    s, share, index = len(marks), facility(marks, item.maximum), discrimination_index(marks, rest)
    return ItemStatistics(
        name=item.name,
        maximum=Fraction(item.maximum, unit),
        attempts=s,
        facility=share,
        facility_interval=proportion_interval(share, s),
        standard_deviation=_marks(standard_deviation(marks), unit),
        random_guess_score=item.guess,
        intended_weight=intended_weight(item.maximum, maximum),
        effective_weight=weight,
        reverses=with_total is not None and with_total < 0,
        discrimination_index=index,
        discrimination_interval=correlation_interval(index, s),
        discriminative_efficiency=discriminative_efficiency(marks, rest),
    )
