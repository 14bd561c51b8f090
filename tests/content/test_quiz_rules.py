"""What a quiz's rules say of other quizzes is checked against the pack, at the line that says it."""

import pytest

from course.content.build import Built, build
from tests.learning.assessment.pack import BASICS, TIMED, packed, sources

TIMED_EN, TIMED_FR = "quizzes/demo/2-timed.en.md", "quizzes/demo/2-timed.fr.md"


def built(**changes: str) -> Built:
    """The demo course with other rules for `timed`: what stands there by what is to stand there."""
    files = sources()
    for find, put in changes.items():
        assert find in files[TIMED_EN]
        files[TIMED_EN] = files[TIMED_EN].replace(find, put)
    return build(packed(files))


def found(made: Built) -> list[tuple[str, str]]:
    wanted = {"unknown-id", "draw", "circle", "baseline", "never-told", "no-questions", "own-quiz"}
    return [(finding.rule, str(finding.place)) for finding in made.findings if finding.rule in wanted]


@pytest.mark.parametrize(
    ("put", "rule", "line"),
    [
        ("draw: {from: [basic], each: 2}", "unknown-id", 8),
        ("draw: {from: [basics], each: 6}", "draw", 8),
        ("draw: {from: [basics], count: 9}", "draw", 8),
        ("draw: {from: [basics], objectives: {one-aim: 1}}", "draw", 8),
        ("requires: [nowhere]", "unknown-id", 8),
        ("baseline: nowhere", "unknown-id", 8),
        ("draw: {from: [timed], each: 1}", "own-quiz", 8),
    ],
)
def test_rules_that_name_what_is_not_there_are_found(put: str, rule: str, line: int) -> None:
    (one,) = found(built(**{"draw: 2": put}))
    assert one[0] == rule
    assert one[1].startswith(f"{TIMED_EN}:{line}")


@pytest.mark.parametrize(
    "put", ["draw: {from: [basics], each: 5}", "draw: {from: [basics], count: 8}", "requires: [basics]", "draw: 3"]
)
def test_rules_that_can_be_kept_are_not(put: str) -> None:
    assert found(built(**{"draw: 2": put})) == []


def test_quizzes_that_wait_for_each_other_are_a_circle_also_by_way_of_modules() -> None:
    files = sources()
    english = "quizzes/demo/1-basics.en.md"
    files[english] = files[english].replace("attempts: 3", "attempts: 3\nrequires: [timed]")
    assert [rule for rule, _ in found(build(packed(files)))] == ["circle"]


def test_a_baseline_has_a_grade() -> None:
    files = sources()
    english = "quizzes/demo/1-basics.en.md"
    files[english] = files[english].replace("pass: 60%\nattempts: 3", "practice: true")
    files[TIMED_EN] = files[TIMED_EN].replace("draw: 2", "baseline: basics")
    assert [rule for rule, _ in found(build(packed(files)))] == ["baseline"]


def test_a_result_that_nobody_is_ever_told_is_worth_a_word() -> None:
    never = built(**{"attempts: 2\n": "", "submitted: [marks, ": "submitted: ["})
    assert [rule for rule, _ in found(never)] == ["never-told"]
    assert never.outline is not None


def test_a_quiz_of_other_quizzes_questions_has_none_of_its_own_in_any_language() -> None:
    files = sources()
    for path, text in ((TIMED_EN, TIMED["en"]), (TIMED_FR, TIMED["fr"])):
        files[path] = text[: text.index("## ")].replace("draw: 2", "draw: {from: [basics], each: 3}")
    made = build(packed(files))
    assert found(made) == []
    assert made.outline is not None
    assert made.outline.quizzes["timed"].points == {}
    files[TIMED_EN] = files[TIMED_EN].replace("draw: {from: [basics], each: 3}\n", "")
    assert [rule for rule, _ in found(build(packed(files)))] == ["no-questions"]
    assert BASICS["en"] == files["quizzes/demo/1-basics.en.md"]
