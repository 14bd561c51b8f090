"""Questions whose answers have parts: more parts right never earn less, all of them earn 1."""

import itertools
import json
import random
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import quiz
from course.quiz import Question, Value
from course.quiz.scoring import after_tries
from course.quiz.types import TYPES
from tests.quiz import reading
from tests.quiz.test_contract import MARKED, fixture, question, some_orders

CLOZE = "## W {#q%s}\n\nAims: [[a: one]], [[b x3: (x) two | ( ) three]] and [[c: four]].\n"
MATCH = "## W {#q type=match%s}\n\n| a | b |\n|---|---|\n| 1 | one |\n| 2 | two |\n| 3 | three |\n| 4 | four |\n"
KINDS = "## W {#q type=categorise%s}\n\n| a | b |\n|---|---|\n| 1 | x |\n| 2 | y |\n| 3 | x |\n| 4 | y |\n"
ORDER = "## W {#q type=order%s}\n\n1. one\n2. two\n3. three\n4. four\n"
question_of = cache(reading.question_of)
WEIGHTS = {CLOZE: {"a": 1, "b": 3, "c": 1}} | {body: dict.fromkeys("1234", 1) for body in (MATCH, KINDS, ORDER)}


def valued(asked: Question, right: set[str], wrong: set[str]) -> Value:
    """An answer with some parts right and some wrong; the others are left out."""
    key: Any = quiz.key(asked)
    parts = dict(line.split(": ") for line in key.split("\n")) if isinstance(key, str) else key
    given_ = {part: parts[part] for part in right}
    for part in wrong:
        given_[part] = parts[part] + 1 if isinstance(parts[part], int) else "9"
    return "\n".join(f"{part}: {text}" for part, text in given_.items()) if isinstance(key, str) else given_


@pytest.mark.parametrize("body", list(WEIGHTS))
@given(data=st.data())
def test_a_fraction_is_the_share_of_what_is_right_by_its_weight(body: str, data: st.DataObject) -> None:
    weights = WEIGHTS[body]
    right = data.draw(st.sets(st.sampled_from(sorted(weights))))
    wrong = data.draw(st.sets(st.sampled_from(sorted(weights)))) - right
    asked, strict = question_of(body % ""), question_of(body % " credit=all")
    earned = quiz.score(asked, valued(asked, right, wrong), "en")
    assert earned == Fraction(sum(weights[part] for part in right), sum(weights.values()))
    assert quiz.score(strict, valued(asked, right, wrong), "en") == (earned == 1)
    tally = TYPES[asked.type].tally(asked, valued(asked, right, wrong))
    assert tally is not None
    assert Fraction(tally.right, tally.of) == earned, "what is said of the mark is what made it"
    for more in weights.keys() - right:
        assert quiz.score(asked, valued(asked, right | {more}, wrong - {more}), "en") >= earned


def test_credit_for_all_or_nothing_is_for_multiple_response_too() -> None:
    asked = question_of("## W {#q credit=all}\n\n- [x] A\n- [x] B\n- [ ] C\n")
    assert [quiz.score(asked, value, "en") for value in (["1"], ["1", "2"], ["1", "2", "3"])] == [0, 1, 0]


@pytest.mark.parametrize("name", MARKED)
def test_the_key_earns_one_in_every_order_and_language(name: str) -> None:
    asked = question(name)
    key = quiz.key(asked)
    assert json.loads(json.dumps(key)) == key
    assert quiz.score(asked, key, "en") == 1
    for order, language in itertools.product(some_orders(asked), ("en", "fr", "ar")):
        form = quiz.fill(asked, order, key, "q", language)
        assert quiz.score(asked, quiz.read(asked, order, form, "q", language), language) == 1


@pytest.mark.parametrize("name", sorted(set(TYPES) - set(MARKED)))
def test_what_the_engine_does_not_mark_has_no_key_and_earns_nothing_from_it(name: str) -> None:
    asked = question(name)
    value = next(one["value"] for one in fixture(name)["examples"] if "value" in one)
    assert quiz.key(asked) is None
    assert quiz.score(asked, value, "en") == 0
    assert quiz.waits(asked, value) == (name == "written")
    assert not quiz.waits(asked, None)
    assert quiz.is_marked(asked) == (name == "written")


def test_a_marking_by_a_person_is_shown_as_any_other() -> None:
    asked = question("written")
    shown = quiz.view(asked, (), "Because.", "en", quiz.EVERYTHING, "q", fraction=Fraction(1, 2), locked=True)
    assert (shown.outcome, shown.mark, shown.waiting) == ("partial", "2", False)
    shown = quiz.view(asked, (), "Because.", "en", quiz.EVERYTHING, "q", locked=True)
    assert (shown.outcome, shown.mark, shown.waiting) == (None, None, True)
    shown = quiz.view(asked, (), None, "en", quiz.EVERYTHING, "q", locked=True)
    assert (shown.outcome, shown.mark, shown.waiting) == ("unanswered", "0", False)


@given(st.integers())
def test_forms_tell_nothing_of_the_ids_of_a_match(seed: int) -> None:
    """Ids are the rows' numbers, equal on both sides; what a page sends are positions in an order of their own."""
    asked = question_of(MATCH % "")
    sent = quiz.fill(asked, quiz.arrange(asked, seed), quiz.key(asked), "q")
    assert sorted(sent) == ["q-0", "q-1", "q-2", "q-3"]
    assert sorted(value for values in sent.values() for value in values) == ["0", "1", "2", "3"]


def test_both_sides_of_a_match_are_shuffled() -> None:
    asked = question_of(MATCH % "")
    pairings = {json.dumps(quiz.fill(asked, quiz.arrange(asked, seed), quiz.key(asked), "q")) for seed in range(300)}
    assert len(pairings) == 24


@given(st.lists(st.fractions(0, 1), max_size=5), st.fractions(0, 1))
def test_earlier_tries_take_off_their_penalty_and_the_best_counts(tries: list[Fraction], penalty: Fraction) -> None:
    worth = after_tries(tries, penalty)
    assert 0 <= worth <= 1
    assert worth <= max(tries, default=0)
    assert after_tries([*tries, Fraction(1)], penalty) >= max(worth, 1 - penalty * len(tries))
    assert after_tries(tries, Fraction(0)) == max(tries, default=0)


def test_tries_with_penalty_by_the_fields_formula() -> None:
    third = Fraction(1, 3)
    assert after_tries([Fraction(0), Fraction(0), Fraction(1)], third) == third
    assert after_tries([Fraction(1, 2), Fraction(1)], Fraction(3, 4)) == Fraction(1, 2)


@pytest.mark.parametrize("body", list(WEIGHTS))
def test_a_partly_filled_form_is_kept_as_it_is(body: str) -> None:
    asked = question_of(body % "")
    rng = random.Random(1)
    for _ in range(20):
        parts = set(rng.sample(sorted(WEIGHTS[body]), rng.randint(1, 3)))
        order = quiz.arrange(asked, rng.randint(0, 99))
        form = quiz.fill(asked, order, valued(asked, parts, set()), "q")
        value = quiz.read(asked, order, form, "q")
        assert quiz.fill(asked, order, value, "q") == form
        assert quiz.score(asked, value, "en") == Fraction(
            sum(WEIGHTS[body][part] for part in parts), sum(WEIGHTS[body].values())
        )
