"""The grammar of gaps, tables, ordered lists, rubrics and scales, and what breaks it."""

import time
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.markup.findings import Findings
from course.quiz.grammar import parse_quiz
from course.quiz.model import Question
from course.quiz.types.cloze import ClozeBody
from course.quiz.types.written import WrittenBody
from tests.quiz.reading import FILE, FRONT, findings_of, in_lesson, question_of

TABLE = "| a | b |\n|---|---|\n"
PAIRS = TABLE + "| Bread | food |\n| Wine | drink |\n"
RUBRIC = "| Criterion | 0 | 2 |\n|---|---|---|\n| Reason | none | some |\n"


def asked(body: str, heading: str = "## Which? {#q}") -> str:
    return f"{heading}\n\n{dedent(body)}"


def typed(kind: str, body: str, more: str = "") -> str:
    return asked(body, f"## W {{#q type={kind}{more}}}")


def cloze(question: Question) -> ClozeBody:
    assert isinstance(question.body, ClozeBody)
    return question.body


# Gaps.


def test_gaps_are_typed_or_chosen_and_may_have_a_weight() -> None:
    body = cloze(question_of(asked("Aims: [[a: social | societal]] *and* [[b x2: ( ) *military* | (x) economic]].\n")))
    first, second = body.gaps
    assert (first.id, first.keys, first.weight) == ("a", ("social", "societal"), 1)
    assert (second.id, second.weight) == ("b", 2)
    assert [(one.text, one.key) for one in second.options] == [("military", False), ("economic", True)]
    assert body.text == "<p>Aims: <!--gap a--> <em>and</em> <!--gap b-->.</p>"


def test_gaps_stand_in_paragraphs_lists_and_quotes_and_the_rest_is_stem_and_feedback() -> None:
    question = question_of(
        asked("Stem.\n\nOne [[a: x]]\n\n- two [[b: y]]\n\n> three [[c: z]]\n\n= wrong: a: w > No.\n\n> Well.\n")
    )
    assert "Stem" in question.stem
    assert question.feedback == "<p>Well.</p>"
    assert [gap.id for gap in cloze(question).gaps] == ["a", "b", "c"]
    assert cloze(question).gaps[0].wrong[0].texts == ("w",)


@pytest.mark.parametrize("between", ["\n", ""])
def test_feedback_may_follow_gaps_at_once(between: str) -> None:
    question = question_of(asked(f"One [[a: x]]\nand more.\n{between}= wrong: a: w | v > No.\n{between}> Well.\n"))
    assert "and more" in cloze(question).text
    assert cloze(question).gaps[0].wrong[0].texts == ("w", "v")
    assert "Well" in question.feedback


def test_what_is_escaped_or_code_is_no_gap() -> None:
    body = cloze(question_of(asked("`[[no: x]]` \\[[nor: y]] but [[a: b \\| c | d]].\n")))
    assert [(gap.id, gap.keys) for gap in body.gaps] == [("a", ("b | c", "d"))]
    assert "[[no: x]]" in body.text
    assert "[[nor: y]]" in body.text


@pytest.mark.parametrize(
    ("body", "rule", "line"),
    [
        ("A [[x]] b [[a: c]]\n", "gap", 3),
        ("A [[a: ]]\n", "empty-key", 3),
        ("A [[a: b]] c [[a: d]]\n", "gap-id", 3),
        ("A [[A: b]]\n", "id-form", 3),
        ("A [[a x0: b]]\n", "gap", 3),
        ("A [[a x99: b]]\n", "gap", 3),
        ("A [[a: b]]\n\nC [[d: e\n\nF [[f: g]]\n", "gap", 5),
        ("A [[a: (x) b]]\n", "gap-option", 3),
        ("A [[a: (x) b | (x) c]]\n", "gap-option", 3),
        ("A [[a: ( ) b | ( ) c]]\n", "gap-option", 3),
        ("A [[a: (x) b | c]]\n", "gap-option", 3),
        ("A [[a: (x) b | ( ) b]]\n", "gap-option", 3),
        ("A [[a: (x) b | ( )]]\n", "gap-option", 3),
        ("A [link [[a: b]]](https://example.org)\n", "gap-place", 3),
        ("A ![picture [[a: b]]](figures/x.svg)\n", "gap-place", 3),
        ("| A | B |\n|---|---|\n| C | [[a: b]] |\n", "gap-in-table", 5),
        (" ".join(f"[[a{at}: b]]" for at in range(60)) + "\n", "gap-count", 3),
        ("A [[a: b]]\n\n= wrong: c > No.\n", "wrong-line", 5),
        ("A [[a: b]]\n\n= wrong: c: d > No.\n", "wrong-line", 5),
        ("A [[a: b]]\n\n= wrong: a: c\n", "wrong-line", 5),
        ("A [[a: b]]\n\n= wrong: a: b > No.\n", "right-and-wrong", 5),
        ("A [[a: (x) b | ( ) c]]\n\n= wrong: a: d > No.\n", "wrong-line", 5),
        ("A [[a: b]]\n\n= 10\n", "mixed-answers", 3),
    ],
)
def test_a_gap_that_breaks_the_grammar_is_found(body: str, rule: str, line: int) -> None:
    assert (rule, line) in findings_of(asked(body))


def test_a_finding_about_a_gap_says_its_column() -> None:
    findings = Findings()
    parse_quiz(asked("`code` and [[nothing]] [[a: b]]\n"), FILE, 1, "en", FRONT, findings)
    assert str(findings.errors[0]).startswith(f"{FILE}:3:12: `[[nothing]]` is no gap; write it as")


# Tables.


def test_a_table_before_the_last_one_is_stem() -> None:
    question = question_of(typed("match", f"{TABLE}| 1 | 2 |\n\n{PAIRS}"))
    assert "<table" in question.stem


def test_feedback_of_pairs_is_found_by_their_words() -> None:
    question = question_of(typed("match", f"{PAIRS}\n= wrong: *bread* | DRINK > No.\n\n> Well.\n"))
    (wrong,) = question.body.wrong  # type: ignore[attr-defined]
    assert (wrong.item, wrong.target, wrong.feedback) == ("1", "2", "No.")
    assert "Well" in question.feedback


@pytest.mark.parametrize(
    ("kind", "body", "rule", "line"),
    [
        ("match", "No table.\n", "no-answer", 1),
        ("match", f"{PAIRS}| Milk | drink |\n", "equal-rights", 7),
        ("match", f"{PAIRS}| Bread | more |\n", "equal-rows", 7),
        ("match", f"{PAIRS}| Milk | |\n", "empty-cell", 7),
        ("match", f"{PAIRS}| Milk {{#1}} | white |\n", "row-id", 7),
        ("match", f"{PAIRS}| Milk {{#m key=x}} | white |\n", "unknown-attribute", 7),
        ("match", f"{PAIRS}| Milk | white | cold |\n", "table-cells", 7),
        ("match", "| a | b |\n|---|\n| Bread | food |\n| Wine | drink |\n", "table-cells", 3),
        ("match", "| a | b | c |\n|---|---|---|\n| Bread | food | 1 |\n", "pair-columns", 3),
        ("match", TABLE, "table-rows", 3),
        ("match", f"{TABLE}| Bread | food |\n| | drink |\n", "table-rows", 3),
        ("match", TABLE + "".join(f"| a{at} | b{at} |\n" for at in range(40)), "table-rows", 3),
        ("match", f"{PAIRS}= wrong: Bread | drink > No.\n", "row-or-line", 7),
        ("match", f"{PAIRS}\n= wrong: Bread > No.\n", "wrong-line", 8),
        ("match", f"{PAIRS}\n= wrong: Bread | milk > No.\n", "wrong-line", 8),
        ("match", f"{PAIRS}\n= wrong: Bread | food > No.\n", "right-and-wrong", 8),
        ("match", f"{PAIRS}\n= 10\n", "mixed-answers", 8),
        ("match", f"{PAIRS}\n- ( ) A\n- (x) B\n", "mixed-answers", 8),
        ("categorise", f"{TABLE}| Bread | food |\n| Wine | food |\n", "one-category", 3),
        ("written", f"{RUBRIC}\n= wrong: a | b > c\n", "wrong-line", 7),
        ("written", "| Criterion | none | some |\n|---|---|---|\n| Reason | a | b |\n", "rubric-levels", 3),
        ("written", "| Criterion | 2 | 0 |\n|---|---|---|\n| Reason | a | b |\n", "rubric-levels", 3),
        ("written", "| Criterion |\n|---|\n| Reason |\n", "rubric-levels", 3),
        ("written", "| Criterion | 0 |\n|---|---|\n| Reason | a |\n", "rubric-points", 3),
        ("written", f"{RUBRIC}| | a | b |\n", "empty-cell", 6),
        ("written", f"{RUBRIC}| Words | | |\n", "empty-cell", 6),
    ],
)
def test_a_table_that_breaks_the_grammar_is_found(kind: str, body: str, rule: str, line: int) -> None:
    assert (rule, line) in findings_of(typed(kind, body))


def test_a_bar_in_a_cell_is_escaped() -> None:
    question = question_of(typed("match", f"{TABLE}| A \\| B | one |\n| C | two |\n"))
    assert question.body.items[0].text == "A | B"  # type: ignore[attr-defined]


def test_the_points_of_a_written_answer_are_the_sum_of_its_top_levels() -> None:
    body = "| Criterion | 0 | 1 | 3 |\n|---|---|---|---|\n| Reason | none | one | more |\n| Words | | clear | |\n"
    assert question_of(typed("written", body)).points == 4
    assert question_of(typed("written", body, " points=10")).points == 10
    assert question_of(typed("written", "Say why.\n")).points == 1
    rubric = question_of(typed("written", body)).body
    assert isinstance(rubric, WrittenBody)
    assert [[level.points for level in row.levels] for row in rubric.criteria] == [[0, 1, 3], [1]]


def test_a_written_answer_is_asked_in_a_quiz() -> None:
    assert in_lesson(f"### W {{#q type=written}}\n\n{RUBRIC}")[1] == [("written-in-lesson", 1)]


# Lists.


def test_items_of_an_order_may_go_on_over_lines_and_have_ids() -> None:
    question = question_of(typed("order", "1. One\n   and more\n2. Two {#two}\n\n> Well.\n"))
    assert [(item.id, item.text) for item in question.body.items] == [  # type: ignore[attr-defined]
        ("1", "One and more"),
        ("two", "Two"),
    ]
    assert "Well" in question.feedback


@pytest.mark.parametrize(
    ("kind", "body", "rule", "line"),
    [
        ("order", "- One\n- Two\n", "no-answer", 1),
        ("order", "1. One\n", "item-count", 3),
        ("order", "".join(f"{at}. a{at}\n" for at in range(1, 30)), "item-count", 3),
        ("order", "1. One\n2. One\n", "equal-items", 4),
        ("order", "1. One {#2}\n2. Two\n", "item-id", 4),
        ("order", "1. One {#a b=c}\n2. Two\n", "unknown-attribute", 3),
        ("order", "1. One\n   > No.\n2. Two\n", "indented-feedback", 4),
        ("order", "1. One\n2. Two\n\n= wrong: One > No.\n", "mixed-answers", 6),
        ("scale", "1. One\n2. Two\n", "no-answer", 1),
        ("scale", "- One\n- Two\n", "scale-step", 3),
        ("scale", "- 1: one\n", "scale-steps", 3),
        ("scale", "- 1: one\n- 1: two\n", "scale-steps", 3),
        ("scale", "- 2: one\n- 1: two\n", "scale-steps", 3),
        ("scale", "- 1: one\n- 2\n", "scale-ends", 3),
        ("scale", "".join(f"- {at}: a\n" for at in range(15)), "scale-steps", 3),
        ("scale", "".join(f"- {at}: a\n" for at in range(30)), "item-count", 3),
    ],
)
def test_a_list_that_breaks_the_grammar_is_found(kind: str, body: str, rule: str, line: int) -> None:
    assert (rule, line) in findings_of(typed(kind, body))


# Headings.


@pytest.mark.parametrize(
    ("heading", "body", "rule"),
    [
        ("## W {#q credit=some}", "- [x] A\n- [ ] B\n", "credit"),
        ("## W {#q credit=all}", "- (x) A\n- ( ) B\n", "unknown-attribute"),
        ("## W {#q type=scale points=2}", "- 1: a\n- 2: b\n", "unknown-attribute"),
        ("## W {#q type=match case=strict}", PAIRS, "unknown-attribute"),
        ("## W {#q case=no}", "A [[a: b]]\n", "option"),
    ],
)
def test_a_heading_that_does_not_fit_its_type_is_found(heading: str, body: str, rule: str) -> None:
    assert findings_of(asked(body, heading)) == [(rule, 1)]


@pytest.mark.parametrize(
    "heading", ["{#q}", "{#q type=match}", "{#q type=order}", "{#q type=scale}", "{#q type=written}"]
)
@pytest.mark.parametrize(
    "line",
    ["[[a: b]] ", "[[a: (x) b | ( ) c]]\n", "[[a: b", "| c | d |\n", "|", "1. a\n", "- 1: a\n", "= wrong: a: b > c\n"],
)
def test_long_runs_of_anything_are_read_in_a_moment(heading: str, line: str) -> None:
    began = time.process_time()
    for start in ("", f"A [[a: b]]\n{TABLE}", "1. a\n2. b\n\n- 1: a\n"):
        findings_of(f"## W {heading}\n\n{start}{line * 20_000}")
    assert time.process_time() - began < 5


pieces = st.sampled_from(
    [
        "## W {#q}\n", "## W {#q type=match}\n", "## W {#r type=categorise}\n", "## W {#s type=order credit=all}\n",
        "## W {#t type=written}\n", "## W {#u type=scale}\n", "## W {#v type=cloze}\n",
        "| a | b |\n", "|---|---|\n", "| c | d |\n", "| | e |\n", "| f {#f} | b |\n", "| g | 0 | 1 |\n",
        "|---|---|---|\n",
        "1. one\n", "2. two\n", "   more\n", "- 1: low\n", "- 2\n", "- 5: high\n", "\n", "\n", "> general\n", "= 10\n",
        "[[a: b]] ", "[[b x2: (x) c | ( ) d]]\n", "[[", "]]\n", "= wrong: a: c > no\n",
        "= wrong: c | e > no\n", "text\n",
        "```\n", "<!--\n", "-->\n", "[", "](x)\n", "`",
    ]
)  # fmt: skip


@given(st.lists(pieces | st.text(max_size=8), max_size=16).map("".join))
def test_no_text_raises(text: str) -> None:
    findings = Findings()
    quiz = parse_quiz(text, FILE, 1, "en", FRONT, findings)
    assert (quiz is None) == bool(findings.errors)
