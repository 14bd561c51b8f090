"""What an attempt gets, and in which order."""

from hypothesis import given
from hypothesis import strategies as st

from course.quiz import arrange, draw
from course.quiz.model import Draw, Rules
from tests.quiz.reading import question_of

IDS = ["a", "b", "c", "d", "e", "f"]
QUESTION = question_of("## Which? {#q}\n\n- ( ) A\n- ( ) B\n- (x) C\n")


@given(seed=st.integers(), count=st.integers(1, 6) | st.none(), shuffle=st.booleans())
def test_a_draw_takes_as_many_as_the_rules_say_each_once(seed: int, count: int | None, shuffle: bool) -> None:
    rules = Rules(draw=Draw(count), shuffle=shuffle)
    drawn = draw(rules, IDS, seed)
    assert len(drawn) == len(set(drawn)) == (count or 6)
    assert set(drawn) <= set(IDS)
    assert drawn == draw(rules, IDS, seed)
    if not shuffle:
        assert drawn == sorted(drawn)


def test_different_seeds_draw_every_question_and_every_order() -> None:
    rules = Rules(draw=Draw(2))
    assert {question for seed in range(100) for question in draw(rules, IDS, seed)} == set(IDS)
    assert len({arrange(QUESTION, seed) for seed in range(100)}) == 6


def test_a_draw_is_the_same_for_ever() -> None:
    assert draw(Rules(), IDS, 1) == ["d", "e", "f", "a", "b", "c"]
    assert arrange(QUESTION, 1) == (2, 0, 1)


def test_shuffle_no_keeps_the_authors_order() -> None:
    fixed = question_of("## Which? {#q shuffle=no}\n\n- ( ) A\n- ( ) B\n- (x) C\n")
    assert all(arrange(fixed, seed) == (0, 1, 2) for seed in range(50))


def test_questions_without_choices_have_no_order() -> None:
    assert arrange(question_of("## True? {#q type=truefalse}\n\n= true\n"), 1) == ()
