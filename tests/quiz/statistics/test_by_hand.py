"""Every figure against values worked out by hand, and where its definition gives none.

Five attempts at three questions of 1, 2 and 1 marks; totals 3, 3, 1, 4, 1 (mean 12/5, variance 9/5).
"""

from fractions import Fraction
from math import sqrt

import pytest

from course.quiz import statistics
from course.quiz.statistics import Item

Q1, Q2, Q3 = [1, 1, 0, 1, 0], [2, 1, 1, 2, 0], [0, 1, 0, 1, 1]
TOTALS = [3, 3, 1, 4, 1]
ITEMS = [Item("one", 1, Q1), Item("two", 2, Q2), Item("three", 1, Q3)]


def rest(marks: list[int]) -> list[int]:
    return [total - mark for total, mark in zip(TOTALS, marks, strict=True)]


def test_facility_is_the_mean_by_the_maximum() -> None:
    assert [statistics.facility(marks, most) for marks, most in ((Q1, 1), (Q2, 2), (Q3, 1))] == [Fraction(3, 5)] * 3
    assert statistics.facility([Fraction(1, 3), 0], 1) == Fraction(1, 6)


def test_standard_deviation_is_of_the_sample() -> None:
    assert statistics.standard_deviation(Q1) == pytest.approx(sqrt(0.3))
    assert statistics.standard_deviation(TOTALS) == pytest.approx(sqrt(1.8))


def test_discrimination_is_the_correlation_with_the_rest() -> None:
    # q1: cov .4, var .3 and .7; q3: cov -.1, var .3 and 1.7
    assert statistics.discrimination_index(Q1, rest(Q1)) == pytest.approx(40 / sqrt(0.21))
    assert statistics.discrimination_index(Q3, rest(Q3)) == pytest.approx(-10 / sqrt(0.51))


def test_efficiency_is_by_the_covariance_that_these_marks_could_have() -> None:
    assert statistics.discriminative_efficiency(Q1, rest(Q1)) == 100  # the pairs are sorted already
    assert statistics.discriminative_efficiency(Q3, rest(Q3)) == Fraction(-200, 13)  # -.1 by .65


def test_weights_as_meant_and_as_they_come_out() -> None:
    found = statistics.analyse(ITEMS, TOTALS, 4).items
    assert [item.intended_weight for item in found] == [25, 50, 25]
    roots = [sqrt(0.7), sqrt(0.9), sqrt(0.2)]
    assert [item.effective_weight for item in found] == pytest.approx([100 * root / sum(roots) for root in roots])


def test_the_totals_of_the_quiz() -> None:
    found = statistics.analyse(ITEMS, TOTALS, 4)
    assert (found.attempts, found.mean, found.median) == (5, Fraction(12, 5), 3)
    assert found.skewness == pytest.approx(-0.4 / 1.8**1.5)  # m3 = -.192, k3 = -.4
    assert found.kurtosis == Fraction(-65, 27)  # m4 = 2.8992, k4 = -7.8, k2^2 = 3.24
    assert found.cronbach_alpha == Fraction(125, 3)  # 150 (1 - 1.3 / 1.8)
    assert found.error_ratio == pytest.approx(100 * sqrt(7 / 12))
    assert found.standard_error == pytest.approx(sqrt(7 / 12) * sqrt(1.8))


def test_a_negative_covariance_has_no_weight_is_said_and_leaves_the_others_their_own() -> None:
    against = [0, 0, 1, 0, 1]
    totals = [a + b + c for a, b, c in zip(Q1, Q2, against, strict=True)]
    found = statistics.analyse([Item("a", 1, Q1), Item("b", 2, Q2), Item("c", 1, against)], totals, 4).items
    assert found[2].reverses
    assert found[2].effective_weight is None
    assert sum(item.effective_weight or 0 for item in found[:2]) == pytest.approx(100)


def test_an_item_that_everybody_gets_right_has_a_facility_and_no_discrimination() -> None:
    found = statistics.analyse([Item("a", 1, [1, 1, 1]), Item("b", 1, [1, 0, 1])], [2, 1, 2], 2)
    same = found.items[0]
    assert (same.facility, same.standard_deviation, same.effective_weight) == (1, 0, 0)
    assert (same.discrimination_index, same.discriminative_efficiency) == (None, None)


def test_a_maximum_of_nothing_has_no_facility_and_counts_in_alpha() -> None:
    found = statistics.analyse([*ITEMS, Item("survey", 0, [0] * 5)], TOTALS, 4)
    assert found.items[3].facility is None
    assert found.items[3].intended_weight == 0
    assert found.cronbach_alpha == 100 * Fraction(4, 3) * (1 - Fraction(13, 18))
    assert statistics.intended_weight(0, 0) is None


@pytest.mark.parametrize("s", [0, 1, 2, 3])
def test_few_attempts_give_only_what_they_can(s: int) -> None:
    found = statistics.analyse([Item("a", 1, [1, 0, 1][:s]), Item("b", 1, [1, 0, 0][:s])], [2, 0, 1][:s], 2)
    assert (found.mean is None) == (s < 1)
    assert (found.standard_deviation is None) == (s < 2)
    assert (found.skewness is None) == (s < 3)
    assert (found.cronbach_alpha is None) == (s < 3)
    assert found.kurtosis is None
    assert (found.items[0].facility is None) == (s < 1)
    assert (found.items[0].discrimination_index is None) == (s < 2)


def test_nothing_at_all_is_no_error() -> None:
    found = statistics.analyse([], [], 0)
    assert (found.attempts, found.mean, found.cronbach_alpha, found.items) == (0, None, None, ())


def test_one_item_has_no_consistency_and_nothing_to_be_compared_with() -> None:
    found = statistics.analyse([Item("a", 1, Q1)], Q1, 1)
    assert found.cronbach_alpha is None
    assert found.items[0].discrimination_index is None
    assert found.items[0].effective_weight == pytest.approx(100)


def test_items_drawn_at_random_are_held_against_the_whole_total_and_alpha_is_undefined() -> None:
    items = [Item("a", 1, {0: 1, 1: 1, 2: 0, 4: 0}, drawn=True), Item("b", 2, Q2)]
    found = statistics.analyse(items, TOTALS, 4)
    assert found.items[0].attempts == 4
    expected = statistics.discrimination_index([1, 1, 0, 0], [3, 3, 1, 1])
    assert found.items[0].discrimination_index == expected == 100
    assert (found.cronbach_alpha, found.error_ratio, found.standard_error) == (None, None, None)
    assert found.drawn


def test_pairs_that_do_not_pair_are_refused() -> None:
    with pytest.raises(ValueError):
        statistics.covariance([1, 2], [1])


def test_marks_may_come_in_as_integers_of_any_unit() -> None:
    tenths = [Item("one", 10, [10 * mark for mark in Q1]), Item("two", 20, [10 * mark for mark in Q2])]
    totals = [a + b for a, b in zip(Q1, Q2, strict=True)]
    found = statistics.analyse(tenths, [10 * total for total in totals], 30, unit=10)
    plain = statistics.analyse(ITEMS[:2], totals, 3)
    assert (found.maximum, found.mean, found.median) == (plain.maximum, plain.mean, plain.median)
    assert (found.kurtosis, found.cronbach_alpha) == (plain.kurtosis, plain.cronbach_alpha)
    assert found.standard_error == pytest.approx(plain.standard_error)
    assert found.items[1].maximum == 2
    assert found.items[1].standard_deviation == pytest.approx(plain.items[1].standard_deviation)
    assert found.items[1].discrimination_index == pytest.approx(plain.items[1].discrimination_index)
