"""The front matter of a quiz."""

import json
from fractions import Fraction

import pytest

from course.quiz import dump_quiz, load_quiz
from course.quiz.model import Draw, Rules
from course.quiz.rules import references
from tests.quiz.reading import FILE, front_of, quiz_of

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


def test_rules_about_other_quizzes_and_time_are_read() -> None:
    text = """\
cool-down: 1 d 12 h
opens: 2026-03-01T09:00+01:00
closes: 2026-03-01T09:00Z
requires: [understanding, ilo]
baseline: before
"""
    rules = rules_of(text)
    assert (rules.cool_down, rules.requires, rules.baseline) == (129_600, ("understanding", "ilo"), "before")
    assert rules.opens == 1_772_352_000_000_000
    assert rules.closes == rules.opens + 3_600_000_000
    drawing = rules_of("draw: {from: [a, b], each: 3}\nrequires: [c]\nbaseline: d\n")
    assert list(references(drawing)) == [("draw", "a"), ("draw", "b"), ("requires", "c"), ("baseline", "d")]


@pytest.mark.parametrize(
    ("text", "draw"),
    [
        ("{from: [a, b], each: 3}", Draw(banks=("a", "b"), each=3)),
        ("{from: [a], count: 10}", Draw(banks=("a",), count=10)),
        ("{from: [a]}", Draw(banks=("a",))),
        ("{per objective: 2}", Draw(per_objective=2)),
        (
            "{from: [a], objectives: {definition: 2, size: 1}}",
            Draw(banks=("a",), objectives={"definition": 2, "size": 1}),
        ),
    ],
)
def test_a_draw_may_be_from_other_quizzes_and_by_objective(text: str, draw: Draw) -> None:
    assert rules_of(f"draw: {text}\n").draw == draw


def test_practice_has_no_limit_and_tells_at_once() -> None:
    rules = rules_of("practice: true\npenalty: 10%\n")
    assert (rules.practice, rules.attempts, rules.penalty) == (True, None, Fraction(1, 10))
    assert rules.release["during"] == {"correctness", "marks", "feedback"}
    assert "key" in rules.release["submitted"]
    assert rules_of("practice: true\nrelease: {submitted: [marks]}\n").release == {"submitted": frozenset({"marks"})}
    for line in (
        "pass: 70%",
        "attempts: 3",
        "time limit: 1 h",
        "grade: last",
        "cool-down: 1 h",
        "baseline: y",
        "weight: 2",
    ):
        _, findings = front_of(NAMED + f"practice: true\n{line}\n")
        assert [finding.split(": ")[1] for finding in findings] == [
            f"`{line.split(':')[0]}` means nothing in practice; take one of the two out"
        ]


def test_a_quiz_cannot_close_before_it_opens() -> None:
    _, findings = front_of(NAMED + "opens: 2026-03-01T09:00Z\ncloses: 2026-03-01T09:00+01:00\n")
    assert findings[0].startswith(f"{FILE}:4:9: The quiz closes before it opens")


def test_rules_that_were_stored_before_there_were_more_are_read() -> None:
    stored = dump_quiz(quiz_of("## True? {#q type=truefalse}\n\n= true\n"))
    for name in ("cool_down", "opens", "closes", "practice", "penalty", "requires", "baseline", "weight"):
        del stored["rules"][name]
    stored["rules"]["draw"] = {"count": 3}
    assert load_quiz(stored).rules == Rules(draw=Draw(3))


@pytest.mark.parametrize(
    "text",
    ["draw: {from: [a], objectives: {definition: 2}}\nopens: 2026-03-01T09:00Z\n", "practice: true\npenalty: 10%\n"],
)
def test_rules_survive_being_stored(text: str) -> None:
    front, _ = front_of(NAMED + text)
    assert front is not None
    quiz = quiz_of("## True? {#q type=truefalse}\n\n= true\n", front=front)
    assert load_quiz(json.loads(json.dumps(dump_quiz(quiz)))) == quiz


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
        ("draw: {each: 3}", "3:7: `draw` cannot be"),
        ("draw: {}", "3:7: `draw` cannot be"),
        ("draw: {from: []}", "3:7: `draw` cannot be"),
        ("draw: {from: [a, a], each: 3}", "3:7: `draw` cannot be"),
        ("draw: {from: [a], each: 3, count: 2}", "3:7: `draw` cannot be"),
        ("draw: {from: [a], every: 3}", "3:7: `draw` cannot be"),
        ("draw: {objectives: {A: 3}}", "3:7: `draw` cannot be"),
        ("draw: {per objective: 0}", "3:7: `draw` cannot be"),
        ("draw: {from: [x], each: 3}", "3:7: `draw` names this very quiz"),
        ("cool-down: 100 d", "3:12: `cool-down` cannot be"),
        ("cool-down: 1 week", "3:12: `cool-down` cannot be `1 week`; write how long to wait between attempts"),
        ("opens: 2026-03-01", "3:8: `opens` cannot be `2026-03-01`; write a date and a time with its zone"),
        ("opens: 2026-03-01T09:00", "3:8: `opens` cannot be"),
        ("closes: tomorrow", "3:9: `closes` cannot be"),
        ("practice: 1", "3:11: `practice` cannot be `1`"),
        ("penalty: 10%", "3:1: A penalty for earlier tries needs practice"),
        ("requires: ilo", "3:11: `requires` cannot be `ilo`; write a list of ids of quizzes"),
        ("requires: [x]", "3:11: `requires` names this very quiz"),
        ("baseline: x", "3:11: `baseline` names this very quiz"),
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
