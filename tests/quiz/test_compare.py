"""Translations: what has to be equal, and what a translation takes over from its source."""

from fractions import Fraction

import pytest

from course.quiz import arrange, fill, read, score
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


TYPES = """\
## Gaps {#gaps}

Aims: [[a x2: social]] and [[b: (x) economic | ( ) military]].

## Match {#match type=match credit=all}

| a | b |
|---|---|
| Bread {#bread} | food |
| Wine | drink |

## Kinds {#kinds type=categorise}

| a | b |
|---|---|
| Bread | food |
| Wine | drink |
| Milk | drink |

## Order {#order type=order}

1. Before
2. After

## Why {#why type=written points=4}

| Criterion | 0 | 2 |
|---|---|---|
| Reason | none | some |

## How well {#well type=scale}

- 1: badly
- 5: well
"""
TRANSLATED = (
    TYPES.replace(
        "Aims: [[a x2: social]] and [[b: (x) economic | ( ) military]]", "[[b: (x) éco | ( ) mil]], [[a x2: soc]]"
    )
    .replace(" credit=all", "")
    .replace(" points=4", "")
    .replace("food", "solide")
    .replace("drink", "liquide")
    .replace("Before", "Avant")
    .replace("badly", "mal")
)


def type_rules(old: str = "", new: str = "") -> list[tuple[str, int]]:
    assert old in TRANSLATED
    translation = quiz_of(TRANSLATED.replace(old, new, 1) if old else TRANSLATED, "fr")
    return [(found.rule, found.place.line) for found in differences(quiz_of(TYPES), translation, "x.fr.md")]


def test_gaps_may_stand_in_another_order_in_a_translation() -> None:
    assert type_rules() == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("[[a x2: soc]]", "[[c x2: soc]]", ("translation-gaps", 1)),
        ("[[a x2: soc]]", "[[a: soc]]", ("translation-keys", 3)),
        ("[[a x2: soc]]", "[[a x2: (x) soc | ( ) mil]]", ("translation-keys", 3)),
        ("(x) éco | ( ) mil", "( ) éco | (x) mil", ("translation-keys", 3)),
        ("(x) éco | ( ) mil", "(x) éco | ( ) mil | ( ) rien", ("translation-keys", 3)),
        ("| Bread {#bread} | solide |", "| Bread | solide |", ("translation-rows", 5)),
        ("| Wine | liquide |\n\n", "| Wine | liquide |\n| | rien |\n\n", ("translation-rows", 5)),
        ("| Milk | liquide |", "| Milk | solide |", ("translation-keys", 18)),
        ("| Milk | liquide |", "| Milk | liquides |", ("translation-rows", 12)),
        ("2. After", "2. After\n3. More", ("translation-items", 20)),
        ("| 0 | 2 |", "| 0 | 3 |", ("translation-rubric", 25)),
        ("- 5: well", "- 4: well", ("translation-steps", 31)),
        ("type=match", "type=match credit=partial", ("translation-attributes", 5)),
    ],
)
def test_the_parts_of_a_question_have_to_be_the_sources(old: str, new: str, found: tuple[str, int]) -> None:
    assert type_rules(old, new) == [found]


def test_a_translation_takes_over_credit_and_points() -> None:
    quiz = adopt_quiz(quiz_of(TYPES), quiz_of(TRANSLATED, "fr"))
    asked = {question.id: question for question in quiz.questions}
    assert asked["why"].points == 4
    assert score(asked["match"], {"bread": "1"}, "fr") == 0
    assert score(asked["gaps"], "a: soc\nb: 2", "fr") == Fraction(2, 3)


def test_one_entry_means_the_same_in_every_language() -> None:
    """What one language's page sends is what another's shows, whatever the order of the gaps in either."""
    source = quiz_of(TYPES)
    translation = adopt_quiz(source, quiz_of(TRANSLATED, "fr"))
    values = {
        "gaps": "a: social\nb: 2",
        "match": {"bread": "2"},
        "kinds": {"1": "1", "3": "2"},
        "order": {"1": 2},
        "why": "Because.",
        "well": ["5"],
    }
    for ours, theirs in zip(source.questions, translation.questions, strict=True):
        order = arrange(ours, 3)
        for shown in (ours, theirs, ours):
            assert read(shown, order, fill(shown, order, values[ours.id], "q"), "q") == values[ours.id]
