"""Groups by ability, what each chose, and what is said of a question."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.quiz import statistics
from course.quiz.statistics import FEWEST, Item, Verdict
from tests.quiz.reading import question_of


def test_nine_different_totals_make_three_threes() -> None:
    assert statistics.ability_groups([5, 1, 9, 2, 8, 3, 7, 4, 6]) == [1, 0, 2, 0, 2, 0, 2, 1, 1]


def test_all_alike_are_in_the_middle() -> None:
    assert statistics.ability_groups([4, 4, 4, 4]) == [1, 1, 1, 1]
    assert statistics.ability_groups([]) == []


@given(st.lists(st.integers(0, 6), max_size=60), st.randoms())
def test_equal_totals_share_a_group_and_better_ones_are_never_below(totals: list[int], order: object) -> None:
    groups = statistics.ability_groups(totals)
    for one, group in zip(totals, groups, strict=True):
        for other, theirs in zip(totals, groups, strict=True):
            assert (group == theirs) if one == other else ((group <= theirs) == (one < other) or group == theirs)


def test_choices_are_counted_by_group_lowest_first() -> None:
    counts = statistics.choice_counts([["a"], ["a", "b"], [], ["b"]], [0, 2, 1, 2])
    assert counts == {"a": (1, 0, 1), "b": (0, 0, 2)}


@pytest.mark.parametrize(
    ("markdown", "guess"),
    [
        ("## Q {#q}\n\n- ( ) a\n- (x) b\n- ( ) c\n- ( ) d\n", Fraction(1, 4)),
        ("## Q {#q type=truefalse}\n\n= true\n", Fraction(1, 2)),
        ("## Q {#q type=match}\n\n| A | B |\n|---|---|\n| a | 1 |\n| b | 2 |\n|  | 3 |\n", Fraction(1, 3)),
        ("## Q {#q type=order}\n\n1. a\n2. b\n3. c\n4. d\n", Fraction(1, 4)),
        ("## Q {#q}\n\n[[a: (x) x | ( ) y]] and [[b x3: (x) x | ( ) y | ( ) z]]\n", Fraction(3, 8)),
        ("## Q {#q}\n\n[[a: (x) x | ( ) y]] and [[b: typed]]\n", Fraction(1, 4)),
        ("## Q {#q type=short}\n\n= word\n", Fraction(0)),
        ("## Q {#q}\n\n= 10 ± 1\n", Fraction(0)),
        ("## Q {#q}\n\n- [x] a\n- [ ] b\n", None),
        ("## Q {#q type=written}\n\nWrite.\n", None),
    ],
)
def test_what_guessing_earns(markdown: str, guess: Fraction | None) -> None:
    assert statistics.random_guess_score(question_of(markdown)) == guess


def verdicts(marks: list[int], totals: list[int], guess: Fraction | None = None) -> tuple[Verdict, ...]:
    found = statistics.analyse([Item("a", 1, marks, guess)], totals, 1)
    return statistics.verdicts(found.items[0])


def test_below_the_stated_number_nothing_is_said() -> None:
    few = FEWEST - 1
    assert verdicts([0] * few, list(range(few))) == (Verdict.TOO_FEW,)
    assert not statistics.enough(few)
    assert statistics.enough(FEWEST)


def test_a_question_that_the_better_get_wrong_is_reversed() -> None:
    half = FEWEST
    totals = [3 + mark for mark in [0] * half] + [9] * half
    assert verdicts([1] * half + [0] * half, totals)[0] is Verdict.REVERSED


def test_a_question_that_works_has_no_verdict() -> None:
    half = FEWEST
    assert verdicts([0] * half + [1] * half, [2] * half + [9] * half, Fraction(1, 4)) == ()


def test_what_nearly_everybody_knows_is_easy_and_not_doubtful() -> None:
    marks = [1] * (2 * FEWEST)
    marks[0] = 0
    assert verdicts(marks, [9] * FEWEST + [2] * FEWEST) == (Verdict.EASY,)


def test_a_question_answered_as_by_guessing_is_so_called() -> None:
    marks = [1, 0, 0, 0, 0] * FEWEST
    assert Verdict.GUESSED in verdicts(marks, [mark + at % 3 for at, mark in enumerate(marks)], Fraction(1, 4))
