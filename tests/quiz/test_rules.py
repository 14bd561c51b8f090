"""The front matter of a quiz."""

from fractions import Fraction

import pytest

from course.quiz.model import Draw, Rules
from tests.quiz.reading import FILE, front_of

NAMED = "id: x\ntitle: X\n"


def rules_of(text: str) -> Rules:
    front, findings = front_of(NAMED + text)
    assert findings == []
    assert front is not None
    assert front.rules is not None
    return front.rules


def test_every_rule_is_read() -> None:
    text = """\
pass: 66.5%
attempts: 3
draw: 10
shuffle: false
show: one
time limit: 1 h 30 min
grade: average
release: {during: [], submitted: [marks, correctness], closed: [key, feedback]}
"""
    assert rules_of(text) == Rules(
        pass_mark=Fraction(665, 1000),
        attempts=3,
        draw=Draw(10),
        shuffle=False,
        show="one",
        time_limit=5400,
        grade="average",
        release={
            "during": frozenset(),
            "submitted": frozenset({"marks", "correctness"}),
            "closed": frozenset({"key", "feedback"}),
        },
    )


def test_rules_have_defaults() -> None:
    assert rules_of("") == Rules()


@pytest.mark.parametrize(("text", "seconds"), [("30 min", 1800), ("2 h", 7200), ("45min", 2700), ("24 h", 86400)])
def test_a_time_limit_is_minutes_and_hours(text: str, seconds: int) -> None:
    assert rules_of(f"time limit: {text}\n").time_limit == seconds


def test_attempts_may_be_unlimited() -> None:
    assert rules_of("attempts: unlimited\n").attempts is None


def test_ids_that_were_renamed_or_retired_are_kept() -> None:
    front, findings = front_of(NAMED + "renamed-from: old\nretired: [a, b]\n")
    assert findings == []
    assert front is not None
    assert (front.names, front.retired) == (("old",), ("a", "b"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("pass: 140%", "3:7: `pass` cannot be `140%`; write a percentage from 0% to 100%"),
        ("pass: 70", "3:7: `pass` cannot be `70`; write a percentage"),
        ("pass: most", "3:7: `pass` cannot be `most`"),
        ("attempts: 0", "3:11: `attempts` cannot be `0`; write a whole number from 1"),
        ("attempts: true", "3:11: `attempts` cannot be `True`"),
        ("draw: 2.5", "3:7: `draw` cannot be `2.5`"),
        ("draw: {from: [a], each: 3}", "3:7: `draw` cannot be"),
        ("shuffle: yes", "3:10: `shuffle` cannot be `yes`; write `true` or `false`"),
        ("show: some", "3:7: `show` cannot be `some`; write `all` or `one`"),
        ("time limit: 30", "3:13: `time limit` cannot be `30`; write minutes or hours"),
        ("time limit: 0 min", "3:13: `time limit`"),
        ("time limit: 25 h", "3:13: `time limit`"),
        ("grade: worst", "3:8: `grade` cannot be `worst`; write `best`, `last`, `first` or `average`"),
        ("release: {now: [key]}", "3:11: `release` cannot be"),
        ("release: {during: [keys]}", "3:20: `release` cannot be `keys`; write lists of `correctness`"),
        ("release: all", "3:10: `release` cannot be `all`"),
        ("passs: 70%", "3:1: A quiz has no `passs`; did you mean `pass`?"),
        ("time_limit: 30 min", "3:1: A quiz has no `time_limit`; did you mean `time limit`?"),
        ("retired: a", "3:10: `retired` cannot be `a`"),
    ],
)
def test_a_rule_that_cannot_be_read_is_found_at_its_value(line: str, message: str) -> None:
    front, findings = front_of(NAMED + line + "\n")
    assert front is None
    assert len(findings) == 1
    assert findings[0].startswith(f"{FILE}:{message}")


def test_all_wrong_keys_are_found_in_one_run() -> None:
    _, findings = front_of("title: 5\npass: 140%\nx: 1\n")
    assert len(findings) == 4


def test_rules_in_a_translation_are_refused() -> None:
    front, findings = front_of(NAMED + "pass: 70%\n", source=False)
    assert front is None
    assert findings[0].startswith(f"{FILE}:3:1: `pass` stands in a translation")
    front, findings = front_of(NAMED, source=False)
    assert findings == []
    assert front is not None
    assert front.rules is None


def test_front_matter_that_is_no_mapping_is_found() -> None:
    assert front_of("- a\n")[0] is None
