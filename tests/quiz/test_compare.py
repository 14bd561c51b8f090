"""Translations: what has to be equal, and what a translation takes over from its source."""

import pytest

from course.quiz import score
from course.quiz.compare import adopt_quiz, differences
from course.quiz.model import Quiz
from course.quiz.rules import Front
from tests.quiz.reading import front_of, quiz_of

SOURCE = """\
## Which? {#one points=2 objective=o shuffle=no}

- ( ) Bread
- (x) Wine {#wine}

## True? {#two type=truefalse}

= true

## How many? {#three tolerance=10%}

= 1500 people

## Name it {#four type=short accents=strict}

= mutual
"""

TRANSLATION = """\
## Lequel ? {#one}

- ( ) Du pain
- (x) Du vin {#wine}

## Nommez-la {#four type=short}

= mutuelle | société mutuelle

## Vrai ? {#two type=truefalse}

= true

## Combien ? {#three}

= 1500 personnes
"""


def rules(translation: str) -> list[tuple[str, int]]:
    found = differences(quiz_of(SOURCE), quiz_of(translation, "fr"), "x.fr.md")
    assert all(finding.place.file == "x.fr.md" for finding in found)
    return [(finding.rule, finding.place.line) for finding in found]


def changed(old: str, new: str) -> str:
    assert old in TRANSLATION
    return TRANSLATION.replace(old, new)


def test_words_typed_keys_and_the_order_of_questions_may_differ() -> None:
    assert rules(TRANSLATION) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("{#one}", "{#une}", [("translation-missing", 1), ("translation-extra", 1)]),
        ("{#one}", "{#one points=2}", []),
        ("{#one}", "{#one points=3}", [("translation-attributes", 1)]),
        ("{#three}", "{#three tolerance=20%}", [("translation-attributes", 14)]),
        ("{#three}", "{#three type=numerical}", []),
        ("type=short}", "type=short case=strict}", [("translation-attributes", 6)]),
        ("- (x) Du vin {#wine}", "- (x) Du vin", [("translation-choices", 1)]),
        ("- (x) Du vin {#wine}", "- (x) Du vin {#wine}\n- ( ) De l'eau", [("translation-choices", 1)]),
        (
            "- ( ) Du pain\n- (x) Du vin",
            "- (x) Du pain\n- ( ) Du vin",
            [("translation-keys", 3), ("translation-keys", 4)],
        ),
        ("= true", "= false", [("translation-keys", 10)]),
        ("- ( ) Du pain\n- (x) Du vin", "- [ ] Du pain\n- [x] Du vin", [("translation-type", 1)]),
    ],
)
def test_what_has_to_be_equal_is_found_where_it_differs(old: str, new: str, found: list[tuple[str, int]]) -> None:
    assert sorted(rules(changed(old, new))) == sorted(found)


def test_a_quiz_has_one_id() -> None:
    other = quiz_of(TRANSLATION, "fr", Front("y", "Y"))
    assert [finding.rule for finding in differences(quiz_of(SOURCE), other, "f")] == ["translation-id"]


def adopted() -> Quiz:
    front, _ = front_of("id: x\ntitle: X\nattempts: 2\n")
    assert front is not None
    return adopt_quiz(quiz_of(SOURCE, front=front), quiz_of(TRANSLATION, "fr"))


def test_a_translation_takes_over_rules_points_and_options() -> None:
    quiz = adopted()
    assert quiz.language == "fr"
    assert quiz.rules.attempts == 2
    assert [question.id for question in quiz.questions] == ["one", "two", "three", "four"]
    first = quiz.questions[0]
    assert (first.points, first.objective, first.shuffle, first.prompt) == (2, "o", False, "Lequel ?")


def test_a_typed_answer_is_graded_by_its_languages_key_and_the_sources_options() -> None:
    three, four = adopted().questions[2:]
    assert score(four, "Société mutuelle", "fr") == 1
    assert score(four, "societe mutuelle", "fr") == 0
    assert score(four, "mutual", "fr") == 0
    assert score(three, {"number": "1650"}, "fr") == 1


def test_a_question_that_is_not_translated_stays_in_the_sources_language() -> None:
    partial = quiz_of("## Vrai ? {#two type=truefalse}\n\n= true\n", "fr")
    quiz = adopt_quiz(quiz_of(SOURCE), partial)
    assert [question.language for question in quiz.questions] == ["en", "fr", "en", "en"]
