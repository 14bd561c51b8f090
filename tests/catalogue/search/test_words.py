"""Words count as what a reader means by them."""

import pytest

from course.catalogue.search import rules, snippets
from course.catalogue.search.words import fold, word, words


def found(text: str, sought: str, language: str) -> bool:
    """Whether some word of `text` is one that was looked for."""
    matches = rules.Matcher(rules.parse(sought), language)
    return any(matches(one[0]) for one in words(text))


@pytest.mark.parametrize(
    ("text", "sought", "language"),
    [
        ("économie", "economie", "fr"),
        ("economie", "économie", "fr"),
        ("solidarité", "solidarites", "fr"),
        ("Les coopératives", "coopérative", "fr"),
        ("cooperación", "cooperaciones", "es"),
        ("cooperación", "cooperacion", "es"),
        ("the economies", "economy", "en"),
        ("Œuvre", "oeuvre", "fr"),
        ("cooperatives", "cooperati", "en"),
        ("العَمَل", "العمل", "ar"),
        ("社会的连带经济", "连带", "zh"),
        ("समाज और अर्थव्यवस्था", "अर्थव्यवस्था", "hi"),
        ("straße", "STRASSE", "de"),
        ("decomposed e\u0301conomie", "économie", "fr"),
    ],
)
def test_a_word_is_found_in_its_other_forms_and_with_or_without_accents(text: str, sought: str, language: str) -> None:
    assert found(text, sought, language)


@pytest.mark.parametrize(
    ("text", "sought"), [("economy", "ecology"), ("member", "remember"), ("cooperatives", '"cooperative"'), ("co", "c")]
)
def test_other_words_are_not_found(text: str, sought: str) -> None:
    assert not found(text, sought, "en")


def test_what_is_elided_is_no_word() -> None:
    assert [one[0] for one in words("L’économie d'aujourd’hui, Kenya's; qu'il")] == [
        "économie", "aujourd", "hui", "Kenya", "il",
    ]  # fmt: skip


def test_a_words_form_is_small_plain_and_without_marks() -> None:
    assert fold("Économie") == "economie"
    assert fold("½ ⑴") == "1⁄21"
    assert len(word("x" * 10_000, "en").form) < 60


def test_a_snippet_shows_where_the_words_stand_together_and_marks_them() -> None:
    text = "Filler without end. " * 30 + "A cooperative shares its surplus with members. " + "More filler. " * 30
    pieces = snippets.snippet(text, rules.Matcher(rules.parse("surplus cooperatives"), "en"))
    assert [piece.text for piece in pieces if piece.marked] == ["cooperative", "surplus"]
    assert sum(len(piece.text) for piece in pieces) < snippets.LENGTH + 10
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"


def test_the_snippet_of_a_text_without_the_words_is_its_beginning() -> None:
    assert [piece.text for piece in snippets.snippet("Short and whole.", lambda word: False)] == ["Short and whole."]
