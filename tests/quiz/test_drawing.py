"""What an attempt gets, and in which order."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.quiz import arrange, draw
from course.quiz.drawing import Banked, drawn, short_of
from course.quiz.model import Draw, Rules
from course.quiz.rules import Front
from course.quiz.types import TYPES
from tests.quiz.reading import findings_of, question_of, quiz_of

OWN = [Banked("own", name) for name in "abcdef"]
QUESTION = question_of("## Which? {#q}\n\n- ( ) A\n- ( ) B\n- (x) C\n")


@given(seed=st.integers(), count=st.integers(1, 6) | st.none(), shuffle=st.booleans())
def test_a_draw_takes_as_many_as_the_rules_say_each_once(seed: int, count: int | None, shuffle: bool) -> None:
    rules = Rules(draw=Draw(count), shuffle=shuffle)
    drawn = draw(rules, "own", OWN, seed)
    assert len(drawn) == len(set(drawn)) == (count or 6)
    assert set(drawn) <= set(OWN)
    assert drawn == draw(rules, "own", OWN, seed)
    if not shuffle:
        assert drawn == sorted(drawn)


def test_different_seeds_draw_every_question_and_every_order() -> None:
    rules = Rules(draw=Draw(2))
    assert {question for seed in range(100) for question in draw(rules, "own", OWN, seed)} == set(OWN)
    assert len({arrange(QUESTION, seed) for seed in range(100)}) == 6


def test_a_draw_is_the_same_for_ever() -> None:
    assert "".join(one.question for one in draw(Rules(), "own", OWN, 1)) == "dcabfe"
    assert arrange(QUESTION, 1) == (2, 0, 1)


def test_shuffle_no_keeps_the_authors_order() -> None:
    fixed = question_of("## Which? {#q shuffle=no}\n\n- ( ) A\n- ( ) B\n- (x) C\n")
    assert all(arrange(fixed, seed) == (0, 1, 2) for seed in range(50))


def test_questions_without_choices_have_no_order() -> None:
    assert arrange(question_of("## True? {#q type=truefalse}\n\n= true\n"), 1) == ()


# Banks of other quizzes, and blueprints by objective.

BANK = [
    Banked(quiz, f"q{at}", objective)
    for quiz in ("own", "a", "b")
    for at, objective in enumerate(("x", "x", "y", None))
]
draws = st.sampled_from(
    [
        Draw(),
        Draw(5),
        Draw(50),
        Draw(banks=("a", "b"), each=2),
        Draw(banks=("a", "b"), each=9),
        Draw(per_objective=1),
        Draw(objectives={"x": 3, "y": 1}),
        Draw(objectives={"z": 3}),
    ]
)


@given(rule=draws, shuffle=st.booleans(), seed=st.integers())
def test_what_is_drawn_is_in_the_bank_once_and_as_many_as_announced(rule: Draw, shuffle: bool, seed: int) -> None:
    rules = Rules(draw=rule, shuffle=shuffle)
    picked = draw(rules, "own", BANK, seed)
    assert len(picked) == len(set(picked)) == drawn(rules, "own", BANK)
    assert set(picked) <= set(BANK)
    assert picked == draw(rules, "own", BANK, seed)
    if not shuffle:
        assert picked == sorted(picked, key=BANK.index)


@given(st.integers())
def test_so_many_from_each_bank_come_with_all_of_the_quizs_own(seed: int) -> None:
    picked = draw(Rules(draw=Draw(banks=("a", "b"), each=2)), "own", BANK, seed)
    assert Counter(one.quiz for one in picked) == {"own": 4, "a": 2, "b": 2}


@given(st.integers())
def test_a_blueprint_takes_so_many_of_each_objective(seed: int) -> None:
    picked = draw(Rules(draw=Draw(objectives={"x": 3, "y": 1})), "own", BANK, seed)
    assert Counter(one.objective for one in picked) == {"x": 3, "y": 1}
    picked = draw(Rules(draw=Draw(per_objective=2)), "own", BANK, seed)
    assert Counter(one.objective for one in picked) == {"x": 2, "y": 2}


def test_different_seeds_draw_every_question_of_every_bank() -> None:
    rules = Rules(draw=Draw(banks=("a", "b"), each=1))
    assert {one for seed in range(100) for one in draw(rules, "own", BANK, seed)} == set(BANK)


def test_a_bank_that_is_too_small_is_named() -> None:
    def short(draw: Draw) -> list[tuple[str, int, int]]:
        return [(share.name, share.wanted, len(share.bank)) for share in short_of(Rules(draw=draw), "own", BANK)]

    assert short(Draw(12)) == []
    assert short(Draw(13)) == [("", 13, 12)]
    assert short(Draw(banks=("a", "c"), each=5)) == [("a", 5, 4), ("c", 5, 0)]
    assert short(Draw(per_objective=4)) == [("y", 4, 3)]
    assert short(Draw(objectives={"x": 1, "z": 1})) == [("z", 1, 0)]


def test_the_check_names_an_objective_without_enough_questions() -> None:
    front = Front("x", "X", Rules(draw=Draw(objectives={"o": 2})))
    body = "## True? {#q type=truefalse objective=o}\n\n= true\n"
    assert findings_of(body, front) == [("draw", 1)]
    assert findings_of(body + body.replace("#q", "#r"), front) == []


def test_a_quiz_that_draws_from_others_needs_no_question_of_its_own() -> None:
    quiz = quiz_of("Welcome.\n", front=Front("x", "X", Rules(draw=Draw(banks=("a",), each=2))))
    assert quiz.questions == ()
    assert "Welcome" in quiz.intro


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_an_order_that_tells_the_key_is_mixed_whatever_the_author_says(kind: str) -> None:
    table = "| a | b |\n|---|---|\n| 1 | one |\n| 2 | two |\n| 3 | three |\n"
    bodies = {"match": table, "categorise": table + "| 4 | one |\n", "order": "1. a\n2. b\n3. c\n"}
    if kind not in bodies:
        return
    asked = question_of(f"## W {{#q type={kind} shuffle=no}}\n\n{bodies[kind]}")
    size, mixed = TYPES[kind].size(asked), TYPES[kind].mixed(asked)
    orders = {arrange(asked, seed) for seed in range(200)}
    assert mixed == 3
    assert len(orders) == 6
    assert {order[: size - mixed] for order in orders} == {tuple(range(size - mixed))}
