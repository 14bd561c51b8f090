"""YAML means what its author sees: nothing is converted by surprise, nothing blows up."""

import time

import pytest

from course.markup.findings import Findings, Place
from course.markup.yaml import load


def value(text: str) -> object:
    findings = Findings()
    node = load(text, "f.yaml", findings)
    assert node is not None, list(findings)
    assert not findings.found
    return node.value


def refused(text: str) -> Findings:
    findings = Findings()
    load(text, "f.yaml", findings, 3)
    assert findings.errors
    return findings


@pytest.mark.parametrize("word", ["NO", "no", "yes", "on", "Off", "y", "2024-01-31", "12:30", "0x1F", "1_000", "70%"])
def test_words_that_only_look_like_something_else_stay_text(word: str) -> None:
    assert value(f"a: {word}") == {"a": word}


def test_plain_words_have_their_core_meaning_and_quoted_ones_are_text() -> None:
    text = "a: true\nb: 'true'\nc: 12\nd: \"12\"\ne: 1.5\nf:\ng: [x, null]\nh: -3"
    assert value(text) == {
        "a": True, "b": "true", "c": 12, "d": "12", "e": 1.5, "f": None, "g": ["x", None], "h": -3,
    }  # fmt: skip


def test_keys_are_text_whatever_they_look_like() -> None:
    assert value("no: a\n1: b\ntrue: c") == {"no": "a", "1": "b", "true": "c"}


def test_a_value_knows_its_place_and_what_is_not_there_the_nearest_one_around_it() -> None:
    node = load("a:\n  b: [x, yy]\n", "f.yaml", Findings(), first_line=5)
    assert node is not None
    assert node.place("a", "b", 1) == Place("f.yaml", 6, 10)
    assert node.key("a", "b") == Place("f.yaml", 6, 3)
    assert node.place("a", "missing", "deeper") == Place("f.yaml", 6, 3)
    assert node.place() == Place("f.yaml", 5, 1)


def test_a_key_that_is_there_twice_is_found_and_the_first_counts() -> None:
    findings = Findings()
    node = load("a: 1\nb: 2\na: {c: 3}\n", "f.yaml", findings)
    assert node is not None
    assert node.value == {"a": 1, "b": 2}
    assert [(found.rule, found.place.line) for found in findings] == [("duplicate-key", 3)]
    assert node.place("a") == Place("f.yaml", 1, 4)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a: &x 1", "alias"),
        ("a: *x", "alias"),
        ("<<: {a: 1}", "alias"),
        ("a: !!python/object:os.system x", "tag"),
        ("a: !mine x", "tag"),
        ("[" * 10_000, "too-deep"),
        ("- " * 50, "too-deep"),
        ("a: b: c", "yaml"),
        ("a: [1", "yaml"),
        ("a: 'x", "yaml"),
        ("a: \x01", "yaml"),
        ("? [a]\n: b", "yaml"),
        ("a: 1\n---\nb: 2", "yaml"),
        ("x" * 100_001, "too-large"),
        ("a: [" + "1," * 6000 + "1]", "too-large"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_place(text: str, rule: str) -> None:
    findings = refused(text)
    assert findings.errors[0].rule == rule
    assert findings.errors[0].place.line >= 3


def test_an_alias_bomb_is_refused_in_milliseconds() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 1000))
    started = time.process_time()
    assert refused(bomb).errors[0].rule == "alias"
    assert time.process_time() - started < 0.1


def test_an_empty_document_is_nothing() -> None:
    assert value("") is None
    assert value("# only a remark\n") is None
