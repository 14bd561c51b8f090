"""Fractions, grades, and how they are stored."""

import random
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course import quiz
from course.quiz.choices import Choice, Choices
from course.quiz.model import GradeMethod, Html, Question, Rules
from tests.quiz.reading import question_of

fractions = st.fractions(0, 1)


@st.composite
def multiple(draw: st.DrawFn) -> Question:
    keys = draw(st.lists(st.booleans(), min_size=2, max_size=8).filter(any))
    listed = tuple(Choice(str(at), Html(f"Choice {at}"), key) for at, key in enumerate(keys, start=1))
    return Question("q", "multiple", Html("Which?"), Html(""), Choices(listed))


def body(question: Question) -> Choices:
    assert isinstance(question.body, Choices)
    return question.body


@given(asked=multiple(), data=st.data())
def test_more_right_choices_never_earn_less_and_more_wrong_ones_never_more(
    asked: Question, data: st.DataObject
) -> None:
    ids = [choice.id for choice in body(asked).choices]
    chosen = data.draw(st.sets(st.sampled_from(ids)))
    before = quiz.score(asked, sorted(chosen), "en")
    assert 0 <= before <= 1
    for extra in set(ids) - chosen:
        after = quiz.score(asked, sorted(chosen | {extra}), "en")
        assert (after >= before) if extra in body(asked).keys else (after <= before)


@given(asked=multiple(), seed=st.integers())
def test_the_key_earns_one_however_it_is_shuffled(asked: Question, seed: int) -> None:
    order = quiz.arrange(asked, seed)
    form = quiz.fill(asked, order, sorted(body(asked).keys), "q")
    random.Random(seed).shuffle(form["q"])
    assert quiz.score(asked, quiz.read(asked, order, form, "q"), "en") == 1


@pytest.mark.parametrize(
    ("attributes", "answer", "earned"),
    [
        ("", "etat", 1),
        ("", "ÉTAT", 1),
        ("", "E\u0301tat", 1),
        ("", "  état. ", 1),
        ("", "l'état", 1),
        ("", "L’ ÉTAT", 0),
        ("", "états", 0),
        (" case=strict", "etat", 1),
        (" case=strict", "ÉTAT", 0),
        (" accents=strict", "ÉTAT", 1),
        (" accents=strict", "etat", 0),
        (" accents=strict", "e\u0301tat", 1),
        ("", "oeuvre commune", 1),
        ("", "œuvre   commune", 1),
    ],
)
def test_a_short_answer_forgives_case_accents_and_spacing(attributes: str, answer: str, earned: int) -> None:
    asked = question_of(f"## Qui ? {{#q type=short{attributes}}}\n\n= état | l’état | œuvre commune\n", "fr")
    value = quiz.read(asked, (), {"q": [answer]}, "q")
    assert quiz.score(asked, value, "fr") == earned


@given(st.lists(st.tuples(fractions, st.integers(0, 100)), max_size=12))
def test_a_grade_is_between_zero_and_one(marks: list[tuple[Fraction, int]]) -> None:
    assert 0 <= quiz.attempt_grade(marks) <= 1


def test_a_grade_weighs_fractions_by_points() -> None:
    assert quiz.attempt_grade([(Fraction(1), 3), (Fraction(0), 1)]) == Fraction(3, 4)
    assert quiz.attempt_grade([quiz.Mark(Fraction(1, 3), 1), quiz.Mark(Fraction(1), 0)]) == Fraction(1, 3)
    assert quiz.attempt_grade([]) == 0


@pytest.mark.parametrize(("method", "grade"), [("best", "3/4"), ("last", "1/2"), ("first", "1/4"), ("average", "1/2")])
def test_the_final_grade_is_by_its_method_over_what_is_marked(method: GradeMethod, grade: str) -> None:
    grades = [Fraction(1, 4), None, Fraction(3, 4), Fraction(1, 2)]
    assert quiz.final_grade(method, grades) == Fraction(grade)
    assert quiz.final_grade(method, [None]) is None


@given(fractions)
def test_what_is_stored_is_the_nearest_millionth(fraction: Fraction) -> None:
    stored = quiz.millionths(fraction)
    assert 0 <= stored <= 1_000_000
    assert abs(quiz.from_millionths(stored) - fraction) <= Fraction(1, 2_000_000)
    assert quiz.millionths(quiz.from_millionths(stored)) == stored


@example(grade=Fraction(2, 3), mark=666_667)
@given(grade=fractions, mark=st.integers(0, 1_000_000))
def test_a_grade_passes_equally_before_and_after_it_is_stored(grade: Fraction, mark: int) -> None:
    rules = Rules(pass_mark=Fraction(mark, 1_000_000))
    assert quiz.passed(rules, grade) == quiz.passed(rules, quiz.from_millionths(quiz.millionths(grade)))


def test_the_pass_mark_itself_passes() -> None:
    rules = Rules(pass_mark=Fraction(7, 10))
    assert quiz.passed(rules, Fraction(7, 10))
    assert not quiz.passed(rules, Fraction(69, 100))
