"""The same figures by numpy and scipy, over marks of any kind."""

import warnings
from fractions import Fraction

import numpy
import pytest
import scipy.stats
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from course.quiz import statistics
from course.quiz.statistics import Item

marks = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1), Fraction(2)])


@st.composite
def matrices(draw: st.DrawFn) -> list[list[Fraction]]:
    """Columns of marks: 2 to 6 items by 4 to 30 attempts."""
    attempts, items = draw(st.integers(4, 30)), draw(st.integers(2, 6))
    column = st.lists(marks, min_size=attempts, max_size=attempts)
    return draw(st.lists(column, min_size=items, max_size=items))


def floats(column: list[Fraction]) -> numpy.ndarray:
    return numpy.array([float(mark) for mark in column])


def analysed(columns: list[list[Fraction]]) -> statistics.QuizStatistics:
    items = [Item(str(at), 2, column) for at, column in enumerate(columns)]
    return statistics.analyse(items, [sum(row) for row in zip(*columns, strict=True)], 2 * len(columns))


@settings(max_examples=30)
@given(matrices())
def test_items(columns: list[list[Fraction]]) -> None:
    found = analysed(columns).items
    table = numpy.array([floats(column) for column in columns])
    totals = table.sum(axis=0)
    with_total = [numpy.cov(x, totals)[0, 1] for x in table]
    roots = [numpy.sqrt(one) if one > 1e-12 else 0 for one in with_total]
    for item, x, together in zip(found, table, with_total, strict=True):
        rest = totals - x
        assert float(item.facility or 0) == pytest.approx(x.mean() / 2)
        assert item.standard_deviation == pytest.approx(x.std(ddof=1))
        if item.effective_weight is not None and together > 1e-12:
            assert item.effective_weight == pytest.approx(100 * numpy.sqrt(together) / sum(roots))
        assert (item.discrimination_index is None) == (x.std() < 1e-9 or rest.std() < 1e-9)
        if item.discrimination_index is not None and item.discriminative_efficiency is not None:
            assert item.discrimination_index == pytest.approx(100 * scipy.stats.pearsonr(x, rest)[0], abs=1e-6)
            most = numpy.cov(numpy.sort(x), numpy.sort(rest))[0, 1]
            assert float(item.discriminative_efficiency) == pytest.approx(
                100 * numpy.cov(x, rest)[0, 1] / most, abs=1e-6
            )


@settings(max_examples=30)
@given(matrices())
def test_quiz(columns: list[list[Fraction]]) -> None:
    found = analysed(columns)
    table = numpy.array([floats(column) for column in columns])
    totals = table.sum(axis=0)
    assume(found.cronbach_alpha is not None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        assert found.skewness == pytest.approx(scipy.stats.skew(totals, bias=False), abs=1e-6)
        assert float(found.kurtosis or 0) == pytest.approx(scipy.stats.kurtosis(totals, bias=False), abs=1e-6)
    p = len(columns)
    alpha = p / (p - 1) * (1 - table.var(axis=1, ddof=1).sum() / totals.var(ddof=1))
    assert float(found.cronbach_alpha or 0) == pytest.approx(100 * alpha, abs=1e-6)
    assert found.error_ratio == pytest.approx(100 * numpy.sqrt(max(0, 1 - alpha)), abs=1e-4)


@settings(max_examples=30)
@given(st.integers(1, 500), st.data())
def test_the_interval_of_a_proportion(s: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, s))
    found = statistics.proportion_interval(Fraction(right, s), s)
    expected = scipy.stats.binomtest(right, s).proportion_ci(method="wilson")
    assert found == pytest.approx((expected.low, expected.high), abs=1e-9)


@settings(max_examples=30)
@given(st.floats(-0.999, 0.999), st.integers(4, 500))
def test_the_interval_of_a_correlation(r: float, s: int) -> None:
    found = statistics.correlation_interval(100 * r, s)
    half = scipy.stats.norm.ppf(0.975) / numpy.sqrt(s - 3)
    expected = (100 * numpy.tanh(numpy.arctanh(r) - half), 100 * numpy.tanh(numpy.arctanh(r) + half))
    assert found == pytest.approx(expected, abs=1e-6)


@settings(max_examples=30)
@given(matrices())
def test_efficiency_is_never_above_what_is_possible(columns: list[list[Fraction]]) -> None:
    for item in analysed(columns).items:
        assert item.discriminative_efficiency is None or item.discriminative_efficiency <= 100
        assert item.discrimination_index is None or -100 <= item.discrimination_index <= 100
