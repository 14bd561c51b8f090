"""When a question comes back: the same for the same answers, sooner for wrong ones, never on the same day."""

from hypothesis import given, settings
from hypothesis import strategies as st

from course.learning.practice import rules

NOON = 1_767_225_600_000_000
DAY = 24 * 3600 * 1_000_000
RIGHT = 1_000_000
fractions = st.integers(0, RIGHT)


def met(answers: list[tuple[int, int]]) -> list[rules.Memory]:
    """The memories after answers, each a pause (days) and a fraction (millionths)."""
    found: list[rules.Memory] = []
    at = NOON
    for days, fraction in answers:
        at += days * DAY
        found.append(rules.after(found[-1] if found else None, fraction, at))
    return found


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 400), fractions), min_size=1, max_size=8))
def test_the_same_answers_give_the_same_days(answers: list[tuple[int, int]]) -> None:
    memories = met(answers)
    assert met(answers) == memories
    for memory in memories:
        assert memory.met + DAY <= memory.due <= memory.met + rules.LONGEST_DAYS * DAY
        assert memory.stability > 0
        assert 1 <= memory.difficulty <= 10


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 60), fractions), max_size=5), st.integers(1, 60))
def test_a_wrong_answer_never_comes_back_later_than_a_right_one(before: list[tuple[int, int]], days: int) -> None:
    wrong, partly, right = (met([*before, (days, fraction)])[-1].due for fraction in (0, RIGHT // 2, RIGHT))
    assert wrong <= partly <= right


def test_right_answers_come_back_after_ever_longer_times() -> None:
    first, second, third = met([(0, RIGHT), (3, RIGHT), (14, RIGHT)])
    assert first.due - first.met < second.due - second.met < third.due - third.met


def test_a_day_takes_minutes_whatever_is_due() -> None:
    assert rules.for_today(500, 0) == rules.A_DAY
    assert rules.for_today(500, rules.A_DAY - 2) == 2
    assert rules.for_today(500, rules.A_DAY + 3) == 0
    assert rules.for_today(4, 0) == 4
    assert rules.minutes(4) == 3
    assert rules.minutes(rules.A_DAY) <= 7
