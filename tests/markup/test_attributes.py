"""The attribute list at the end of a line."""

import pytest

from course.markup.attributes import attributes
from course.markup.findings import Findings, Place


def read(text: str) -> tuple[str, str | None, dict[str, str], list[tuple[str, int]]]:
    findings = Findings()
    words, name, named = attributes(text, Place("a.md", 3, 5), findings)
    return words, name, named, [(finding.rule, finding.place.column) for finding in findings]


def test_an_id_and_attributes_are_stripped() -> None:
    assert read('Which? {#aims type=single points=2 note="two words"}  ') == (
        "Which?",
        "aims",
        {"type": "single", "points": "2", "note": "two words"},
        [],
    )


@pytest.mark.parametrize(
    "text", ["plain", "a set {a, b}", "{}", "{a}", "\\{#a}", "a } b", "{#a} b", "{ #a", "[[a: {x}]]", '{"a=b"}']
)
def test_other_braces_are_text(text: str) -> None:
    assert read(text) == (text, None, {}, [])


def test_no_space_is_needed_before_it() -> None:
    assert read("Which?{#a}")[:2] == ("Which?", "a")


def test_percent_signs_and_commas_are_fine_in_values() -> None:
    assert read("Share {tolerance=5% also=a,b}")[2] == {"tolerance": "5%", "also": "a,b"}


@pytest.mark.parametrize(
    ("text", "rule", "column"),
    [
        ("A {#a k=}", "attributes", 11),
        ('A {#a k="b}', "attributes", 11),
        ("A {#a b}", "attributes", 11),
        ("A {#a .b}", "class", 11),
        ("A {#a #b}", "two-ids", 11),
        ("A {#a k=1 k=2}", "attribute-twice", 15),
        ("A {#A}", "id-form", 8),
        ("A {#-a}", "id-form", 8),
        ("A {#é}", "id-form", 8),
        ("A {#}", "id-form", 8),
        (f"A {{#{'a' * 61}}}", "id-form", 8),
    ],
)
def test_a_malformed_list_is_found_and_stripped(text: str, rule: str, column: int) -> None:
    words, _, _, findings = read(text)
    assert words == "A"
    assert findings == [(rule, column)]


def test_an_id_may_have_sixty_characters() -> None:
    assert read(f"A {{#{'a' * 60}}}")[1] == "a" * 60
