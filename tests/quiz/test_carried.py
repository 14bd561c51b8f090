"""What was answered before, to a question that was corrected since: by the words, whatever their numbers are now."""

from fractions import Fraction

import pytest

from course.quiz import arrange, carried, fill, key, read, score
from course.quiz.model import Question, Value
from course.quiz.types import TYPES
from tests.quiz.reading import question_of
from tests.quiz.test_contract import fixture

PAIRS = "| Source | Kind |\n|---|---|\n| Fees | {a} |\n| A bank | {b} |\n"
PHASES = "\n1. {a}\n2. {b}\n3. Response\n"


def asked(text: str, head: str = "") -> Question:
    return question_of(f"## Which? {{#q{head}}}\n\n{text}")


def worth(old: Question, new: Question, value: Value) -> Fraction | None:
    found = carried(old, new, value)
    return None if found is None else score(new, found, new.language)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_in_the_same_question_an_answer_is_the_same(name: str) -> None:
    question = question_of(fixture(name)["question"])
    value = key(question)
    assert (value is None) == (TYPES[name].marking != "engine")
    if value is not None:
        assert carried(question, question, value) == value


@pytest.mark.parametrize("name", sorted(name for name, kind in TYPES.items() if kind.marking == "engine"))
def test_an_answer_that_was_carried_can_still_be_shown_and_read(name: str) -> None:
    old, new = question_of(fixture(name)["question"]), question_of(fixture(name)["twin"])
    value = key(old)
    found = None if value is None else carried(old, new, value)
    if found is not None:
        order = arrange(new, 1)
        assert read(new, order, fill(new, order, found, "q"), "q") == found


def test_another_choice_is_the_key_now() -> None:
    old, new = asked("- (x) One\n- ( ) Two\n"), asked("- ( ) One\n- (x) Two\n")
    assert (worth(old, new, ["1"]), worth(old, new, ["2"])) == (0, 1)


def test_choices_that_changed_places_are_known_by_their_words() -> None:
    old, new = asked("- (x) One\n- ( ) Two\n"), asked("- ( ) Two\n- (x) One\n")
    assert (worth(old, new, ["1"]), worth(old, new, ["2"])) == (1, 0)


def test_a_choice_whose_words_were_mended_is_the_same_choice() -> None:
    old, new = asked("- (x) Oen\n- ( ) Two\n"), asked("- (x) One\n- ( ) Two\n")
    assert worth(old, new, ["1"]) == 1


def test_pairs_that_were_corrected_are_known_by_their_words() -> None:
    old = asked(PAIRS.format(a="internal", b="external"), " type=match")
    new = asked(PAIRS.format(a="external", b="internal"), " type=match")
    assert worth(old, new, {"1": "1", "2": "2"}) == 0
    assert worth(old, new, {"1": "2", "2": "1"}) == 1


def test_an_order_that_was_corrected_is_known_by_its_words() -> None:
    old, new = asked(PHASES.format(a="A", b="B"), " type=order"), asked(PHASES.format(a="B", b="A"), " type=order")
    assert worth(old, new, {"1": 1, "2": 2, "3": 3}) == Fraction(1, 3)
    assert worth(old, new, {"1": 2, "2": 1, "3": 3}) == 1


def test_options_of_a_gap_are_known_by_their_words() -> None:
    old = asked("It is [[a: (x) red | ( ) green]] and [[b: old]].\n", " type=cloze")
    new = asked("It is [[a: (x) green | ( ) red]] and [[b: old | aged]].\n", " type=cloze")
    assert worth(old, new, "a: 2\nb: aged") == 1
    assert worth(old, new, "a: 1\nb: old") == Fraction(1, 2)


def test_a_typed_answer_meets_the_new_key() -> None:
    old, new = asked("= mutual\n", " type=short"), asked("= mutual | mutual society\n", " type=short")
    assert worth(old, new, "mutual society") == 1


@pytest.mark.parametrize(
    "new",
    [
        "- (x) One\n- ( ) Two\n- ( ) Three\n",
        "- (x) One\n- ( ) Four\n- ( ) Two\n",
        "- [x] One\n- [ ] Two\n",
        "= 1\n",
    ],
    ids=["a choice more", "words and places changed", "another type", "numbers"],
)
def test_a_question_that_asks_for_something_else_takes_no_answer_over(new: str) -> None:
    assert carried(asked("- (x) One\n- ( ) Two\n"), asked(new), ["1"]) is None


def test_a_number_in_another_unit_is_another_answer() -> None:
    assert carried(asked("= 10 %\n"), asked("= 10\n"), {"number": "10"}) is None
    assert carried(asked("= 10 %\n"), asked("= 12 %\n"), {"number": "10"}) == {"number": "10"}


def test_in_another_language_there_is_no_telling() -> None:
    old = asked("= mutual\n", " type=short")
    assert carried(old, question_of("## Lequel ? {#q type=short}\n\n= mutuelle\n", language="fr"), "mutual") is None
