"""The grammar of a question, rule by rule (the numbers are the design's)."""

import time
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.markup.findings import Findings
from course.quiz import arrange
from course.quiz.choices import Choices
from course.quiz.contract import Draft
from course.quiz.grammar import parse_questions_in_lesson, parse_quiz
from course.quiz.model import Draw, Question, Rules
from course.quiz.rules import Front
from course.quiz.types import TYPES
from course.quiz.types.numerical import NumericalBody
from course.quiz.types.short import Short, ShortBody
from course.quiz.types.truefalse import TrueFalseBody
from tests.quiz.reading import FILE, FRONT, findings_of, front_of, in_lesson, question_of, quiz_of

CHOICES = "- ( ) Bread\n  > Not this.\n- (x) Wine\n"


def asked(body: str, heading: str = "## Which? {#q}") -> str:
    return f"{heading}\n\n{dedent(body)}"


def choices(question: Question) -> Choices:
    assert isinstance(question.body, Choices)
    return question.body


# 1. Headings are `#` headings. Fences, code and comments are inert; `\` escapes.


def test_fences_code_and_comments_are_inert() -> None:
    body = """
        ```
        ## Not a question {#no}
        - (x) not a choice
        = 10
        ```

        <!--
        ## Nor this {#nor}
        - ( ) nor this
        -->

        - ( ) Bread <!-- aside -->
        - (x) Wine
        """
    question = question_of(asked(body))
    assert [choice.text for choice in choices(question).choices] == ["Bread", "Wine"]
    assert "not a choice" in question.stem
    assert "nor this" not in question.stem.lower()


def test_a_backslash_takes_a_marker_its_meaning() -> None:
    question = question_of(asked("\\= 10 is no key\n\n- \\( ) nor is this a choice\n\nText\n\n- ( ) A\n- (x) B\n"))
    assert len(choices(question).choices) == 2
    short = question_of(asked("= a \\| b | 3 \\> 2\n", "## W {#q type=short}"))
    assert isinstance(short.body, ShortBody)
    assert short.body.keys == ("a | b", "3 > 2")


def test_an_underlined_heading_opens_no_question() -> None:
    body = f"## Q {{#q}}\n\nNo question\n---\n\n{CHOICES}"
    assert [line for _, line in findings_of(body)] == [4]


# 2. What opens a question, and where it ends.


def test_deeper_headings_belong_to_the_question() -> None:
    question = question_of(asked(f"### The case\n\nIt happened.\n\n{CHOICES}"))
    assert "The case" in question.stem
    assert "It happened." in question.stem


def test_text_before_the_first_question_is_the_intro() -> None:
    quiz = quiz_of(f"Take your *time*.\n\n## Which? {{#q}}\n\n{CHOICES}")
    assert "Take your" in quiz.intro
    assert quiz.questions[0].line == 3


def test_the_prompt_is_the_heading_without_its_attributes() -> None:
    question = question_of(
        asked(CHOICES, '## Which of these? {#q points=2 objective=o-1 shuffle=no renamed-from="a, b"}')
    )
    assert question.prompt == "Which of these?"
    assert (question.points, question.objective, question.shuffle) == (2, "o-1", False)
    assert question.names == ("a", "b")


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (f"# Title\n\n## W {{#q}}\n\n{CHOICES}", "top-heading"),
        (f"## W {{#q}}\n\n{CHOICES}\n# Title\n", "top-heading"),
        (f"### W {{#q}}\n\n## W {{#w}}\n\n{CHOICES}", "heading-before-questions"),
        (f"## W\n\n{CHOICES}", "question-id"),
        (f"## W {{#q}}\n\n{CHOICES}\n## W {{#q}}\n\n{CHOICES}", "equal-ids"),
        (f"## W {{#q point=2}}\n\n{CHOICES}", "unknown-attribute"),
        (f"## W {{#q case=strict}}\n\n{CHOICES}", "unknown-attribute"),
        (f"## W {{#q points=2.5}}\n\n{CHOICES}", "points"),
        (f"## W {{#q points=1000}}\n\n{CHOICES}", "points"),
        (f"## W {{#q shuffle=maybe}}\n\n{CHOICES}", "shuffle"),
        (f"## W {{#q objective=Ä}}\n\n{CHOICES}", "id-form"),
        (f"## W {{#q}}\n\n### Inner {{#i type=single}}\n\n{CHOICES}", "nested-question"),
    ],
)
def test_a_heading_that_breaks_the_grammar_is_found(body: str, rule: str) -> None:
    assert rule in {found for found, _ in findings_of(body)}


def test_in_a_lesson_only_type_makes_a_question_and_prose_goes_on_after_it() -> None:
    body = dedent("""\
        ## Section {#s}

        Prose.

        ### Which? {#one type=single}

        Stem.

        - ( ) Bread
        - (x) Wine

        > Feedback.

        The section goes on.

        ### No question {#no}

        - [ ] a list to tick

        ### True? {#two type=truefalse}

        = true

        And on.
        """)
    assert in_lesson(body) == ([(5, 12, "one"), (20, 22, "two")], [])


def test_in_a_lesson_a_question_ends_with_its_answer_where_there_is_no_feedback() -> None:
    body = f"### Which? {{#one type=single}}\n\n{CHOICES}\n\nProse.\n\n> A quotation.\n"
    assert in_lesson(body) == ([(1, 5, "one")], [])


def test_in_a_lesson_a_callout_after_the_feedback_is_the_sections() -> None:
    body = f"### Which? {{#one type=single}}\n\n{CHOICES}\n> Feedback.\n\n> [!NOTE]\n> Prose.\n"
    assert in_lesson(body) == ([(1, 7, "one")], [])


# 3. Stem, one answer block, general feedback; what tells a type.


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("- ( ) A\n- (x) B\n", "single"),
        ("* ( ) A\n* (X) B\n", "single"),
        ("- [ ] A\n- [x] B\n", "multiple"),
        ("= 10\n", "numerical"),
        ("= 9..11\n", "numerical"),
        ("= -3 ± 1 °C\n", "numerical"),
        ("Aims: [[a: social]]\n", "cloze"),
    ],
)
def test_some_answers_tell_their_type(body: str, kind: str) -> None:
    assert question_of(asked(body)).type == kind


def test_a_stem_may_hold_lists_and_tables() -> None:
    body = "1. One\n2. Two\n\nand\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- plain\n- list\n\nWhich?\n\n" + CHOICES
    question = question_of(asked(body))
    assert len(choices(question).choices) == 2
    assert "plain" in question.stem


def test_choices_may_have_blank_lines_between_them_and_go_on_over_lines() -> None:
    question = question_of(asked("- ( ) Bread\n  and butter\n\n- (x) Wine\n\n      > Deeply indented.\n"))
    assert [choice.text for choice in choices(question).choices] == ["Bread and butter", "Wine"]
    assert "Deeply" in choices(question).choices[1].feedback


@pytest.mark.parametrize(
    ("body", "rule", "line"),
    [
        ("Only a stem.\n", "no-answer", 1),
        ("- ( ) A\n- [x] B\n", "mixed-answers", 3),
        ("- ( ) A\n- (x) B\n\nor\n\n= 10\n", "mixed-answers", 3),
        ("- ( ) A\n- (x) B\n\nor\n\n- ( ) C\n- (x) D\n", "two-answers", 3),
        ("- ( ) A\n- B\n- (x) C\n", "choice-marker", 4),
        ("- ( ) A\n- (x) B\n\nAfterthought.\n", "after-answer", 6),
        ("- ( ) A\n- (x) B\n\n> Yes.\n\nAfterthought.\n", "after-answer", 8),
        ("- ( ) A\n- (x) B\n\n### Deeper\n", "after-answer", 6),
        ("= many\n", "untyped", 3),
    ],
)
def test_an_answer_that_breaks_the_grammar_is_found_at_its_line(body: str, rule: str, line: int) -> None:
    assert (rule, line) in findings_of(asked(body))


@pytest.mark.parametrize(("kind", "says"), [("singel", "single"), ("essay", "known types")])
def test_an_unknown_type_is_named(kind: str, says: str) -> None:
    findings = Findings()
    parse_quiz(asked(CHOICES, f"## W {{#q type={kind}}}"), FILE, 1, "en", FRONT, findings)
    (found,) = findings
    assert found.rule == "unknown-type"
    assert says in str(found)


def test_a_type_that_does_not_fit_the_answer_is_found() -> None:
    assert findings_of(asked(CHOICES, "## W {#q type=multiple}")) == [("no-answer", 1)]


def test_gaps_are_an_answer_of_their_own_kind() -> None:
    assert ("mixed-answers", 3) in findings_of(asked(f"The [[a: social]] aim.\n\n{CHOICES}"))
    assert question_of(asked(f"The \\[[a: social]] aim, `[[b: c]]` and [one][two].\n\n{CHOICES}")).type == "single"


def test_a_type_may_do_without_an_answer_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TYPES, "essay", Essay())
    question = question_of(asked("Describe.\n\n> A quotation.\n", "## W {#q type=essay}"))
    assert "quotation" in question.stem
    assert question.feedback == ""
    question = question_of(asked("Describe.\n\n| a |\n|---|\n| b |\n\n> Well.\n", "## W {#q type=essay}"))
    assert question.body == ShortBody(("| a |", "|---|", "| b |"))
    assert "Well." in question.feedback


class Essay(Short):
    """A type that keeps the lines of its answer."""

    blocks = frozenset({"table"})
    optional = True
    options = frozenset()

    def parse(self, draft: Draft, findings: Findings) -> ShortBody:
        return ShortBody(tuple(line.live for line in draft.answer.lines))


# 4. Feedback.


def test_feedback_is_the_choices_or_general_by_where_it_stands() -> None:
    answer = "- ( ) A\n  > Said of A.\n  >\n  > And more.\n- (x) B\n"
    question = question_of(asked(f"> A quotation in the stem.\n\n{answer}\n> In general.\n>\n> Twice.\n"))
    assert "quotation" in question.stem
    first, second = choices(question).choices
    assert "Said of A." in first.feedback
    assert "And more." in first.feedback
    assert second.feedback == ""
    assert "In general." in question.feedback
    assert "Twice." in question.feedback


def test_a_callout_in_the_stem_is_a_callout() -> None:
    assert question_of(asked(f"> [!NOTE]\n> Mind the year.\n\n{CHOICES}")).feedback == ""


@pytest.mark.parametrize(
    ("body", "rule", "line"),
    [
        (f"{CHOICES}\n> [!NOTE]\n> Mind.\n", "callout-after-answer", 7),
        ("- ( ) A\n  > [!TIP]\n  > No.\n- (x) B\n", "callout-as-feedback", 4),
        ("- ( ) A\n  > No.\n  really\n- (x) B\n", "feedback-line", 5),
        (f"{CHOICES}\n> Yes,\nindeed.\n", "feedback-line", 8),
        ("= 10\n  > Said of 10.\n", "indented-feedback", 4),
        ("= 10 > Right!\n", "key-feedback", 3),
        ("= 10\n= wrong: 100\n", "wrong-line", 4),
        ("= 10\n= wrong: > Oh.\n", "wrong-line", 4),
        ("= 10\n= wrong: 10 > Oh.\n", "right-and-wrong", 4),
    ],
)
def test_feedback_that_breaks_the_grammar_is_found_at_its_line(body: str, rule: str, line: int) -> None:
    assert (rule, line) in findings_of(asked(body))


def test_in_a_lesson_too_a_callout_after_the_answer_is_an_error() -> None:
    assert in_lesson(asked(f"{CHOICES}\n> [!NOTE]\n> Mind.\n", "### W {#q type=single}"))[1] == [
        ("callout-after-answer", 7)
    ]


# 5. Numerical.


@pytest.mark.parametrize(
    ("key", "low", "high", "unit"),
    [
        ("10", 10, 10, ""),
        ("10 ± 1 %", 9, 11, "%"),
        ("10 +/- 1", 9, 11, ""),
        ("10±1km", 9, 11, "km"),
        ("9..11", 9, 11, ""),
        ("9 .. 11 million people", 9, 11, "million people"),
        ("-5..-3", -5, -3, ""),
        ("−5", -5, -5, ""),
    ],
)
def test_a_numerical_key_is_absolute_in_its_unit(key: str, low: int, high: int, unit: str) -> None:
    body = question_of(asked(f"= {key}\n")).body
    assert isinstance(body, NumericalBody)
    assert (body.key.low, body.key.high, body.unit) == (low, high, unit)


@pytest.mark.parametrize("key", ["1,500", "1 500", "10-11", "10 ± x", "11..9", "10 ± -1", "1.5.2", "10 ± 1 ± 2"])
def test_a_key_that_is_no_number_is_found(key: str) -> None:
    assert findings_of(asked(f"= {key}\n")) == [("number", 3)]


@pytest.mark.parametrize(
    ("heading", "key", "rule"),
    [
        ("tolerance=5", "10", "tolerance"),
        ("tolerance=5%", "10 ± 1", "tolerance"),
        ("tolerance=5%", "9..11", "tolerance"),
    ],
)
def test_a_tolerance_that_cannot_be_is_found(heading: str, key: str, rule: str) -> None:
    assert findings_of(asked(f"= {key}\n", f"## W {{#q {heading}}}")) == [(rule, 1)]


def test_two_keys_are_found() -> None:
    assert findings_of(asked("= 10\n= 11\n")) == [("two-keys", 4)]


# 6. Short answer, true/false.


def test_alternatives_of_a_short_answer_stand_between_bars() -> None:
    body = question_of(asked("= mutual | mutual society\n", "## W {#q type=short}")).body
    assert isinstance(body, ShortBody)
    assert body.keys == ("mutual", "mutual society")


@pytest.mark.parametrize(
    ("answer", "rule"),
    [("= a | | b", "empty-key"), ("= ...", "empty-key"), ("=", "no-key"), ("= wrong: a > No.", "no-key")],
)
def test_a_short_answer_without_a_key_is_found(answer: str, rule: str) -> None:
    assert rule in {found for found, _ in findings_of(asked(f"{answer}\n", "## W {#q type=short}"))}


def test_an_option_of_a_short_answer_is_strict_or_absent() -> None:
    assert findings_of(asked("= a\n", "## W {#q type=short case=no}")) == [("option", 1)]


def test_true_or_false_is_said_in_english_in_every_language() -> None:
    body = question_of(asked("= False\n= wrong: true > Look again.\n", "## W {#q type=truefalse}"), "fr").body
    assert isinstance(body, TrueFalseBody)
    assert (body.key, body.feedback) == ("false", "Look again.")
    assert findings_of(asked("= vrai\n", "## W {#q type=truefalse}")) == [("truth", 3)]
    assert findings_of(asked("= true\n= wrong: true > No.\n", "## W {#q type=truefalse}")) == [("wrong-line", 4)]


# 9. Ids of choices. (Translations: test_compare.py.)


def test_a_choice_is_called_by_its_number_or_its_own_id() -> None:
    question = question_of(asked("- ( ) A\n- (x) B {#bee}\n- ( ) C\n"))
    assert [choice.id for choice in choices(question).choices] == ["1", "bee", "3"]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("- ( ) A\n- (x) B {#1}\n", "choice-id"),
        ("- ( ) A\n- (x) B {#b key=c}\n", "unknown-attribute"),
        ("- ( ) A\n- (x) A\n", "equal-choices"),
        ("- ( ) A\n- (x)\n", "empty-choice"),
        ("- (x) A\n", "choice-count"),
        ("".join(f"- ( ) A{number}\n" for number in range(60)) + "- (x) B\n", "choice-count"),
        ("- ( ) A\n- (x) B\n\n  ```\n  code\n  ```\n", "code-in-choice"),
    ],
)
def test_choices_that_break_the_grammar_are_found(body: str, rule: str) -> None:
    assert rule in {found for found, _ in findings_of(asked(body))}


# 10. Keys of choices; shuffling. (The rules themselves: test_rules.py.)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("- (x) A\n- (x) B\n", "single-key"),
        ("- ( ) A\n- ( ) B\n", "single-key"),
        ("- [ ] A\n- [ ] B\n", "multiple-key"),
    ],
)
def test_a_wrong_number_of_keys_is_found(body: str, rule: str) -> None:
    assert findings_of(asked(body)) == [(rule, 3)]


def test_a_quiz_that_does_not_shuffle_shuffles_no_question() -> None:
    front, _ = front_of("id: x\ntitle: X\nshuffle: false\n")
    assert front is not None
    question = quiz_of(asked("- ( ) A\n- ( ) B\n- (x) C\n"), front=front).questions[0]
    assert all(arrange(question, seed) == (0, 1, 2) for seed in range(20))


# All findings in one run, and never an exception.


def test_all_findings_come_in_one_run() -> None:
    body = f"## A\n\n{CHOICES}\n## B {{#b}}\n\n= many\n\n## C {{#c points=x}}\n\n- (x) A\n- (x) B\n"
    assert findings_of(body) == [("question-id", 1), ("untyped", 9), ("points", 11), ("single-key", 13)]


def test_a_finding_says_file_line_and_column_and_how_to_mend_it() -> None:
    findings = Findings()
    parse_quiz("Hello.\n\n## W {#q}\n\n - (x) A\n - (x) B\n", FILE, 10, "en", FRONT, findings)
    (found,) = findings
    assert str(found).startswith(f"{FILE}:14:2: This question has 2 right choices; single choice has one; mark one")


def test_drawing_more_than_there_is_is_found_where_it_is_said() -> None:
    front, _ = front_of("id: x\ntitle: X\ndraw: 3\n")
    assert front is not None
    findings = Findings()
    assert parse_quiz(asked(CHOICES), FILE, 5, "en", front, findings) is None
    assert [(found.rule, found.place.line) for found in findings] == [("draw", 3)]


def test_a_file_of_thousands_of_questions_is_refused_at_once() -> None:
    body = "".join(f"## W {{#q{number}}}\n= 1\n" for number in range(20_000))
    assert findings_of(body) == [("too-many-questions", 1001)]


@pytest.mark.parametrize(
    "line", ["- ( ) ", "= ", "| ", " ", "[[", "> ", "= a |", "- (x) a > ", "-|", "  x\n", "= a\n x\n"]
)
def test_long_runs_of_anything_are_read_in_a_moment(line: str) -> None:
    """Processor time: a busy machine takes twice as long as a quiet one, what is quadratic takes minutes."""
    began = time.process_time()
    findings_of(asked(line * 20_000))
    findings_of(asked("- ( ) A\n- (x) B\n" + line * 20_000))
    assert time.process_time() - began < 8


pieces = st.sampled_from(
    [
        "## W {#q}\n", "### W {#q type=single}\n", "## W {#r type=short}\n", "## W {#s type=truefalse}\n", "# T\n",
        "- ( ) A\n", "- (x) B\n", "- [ ] A\n", "- [x] B {#b}\n", "- plain\n", "  more\n", "  > feedback\n",
        "> general\n", "> [!NOTE]\n", "= 10 ± 1 %\n", "= many | few\n", "= true\n", "= wrong: 5 > no\n", "= wrong:\n",
        "=\n", "\n", "text\n", "```\n", "<!--\n", "-->\n", "| a | b |\n", "|---|---|\n", "1. one\n", "    code\n",
        "[[a: b]]\n", "\\= x\n", "{#x}\n",
    ]
)  # fmt: skip


@given(st.lists(pieces | st.text(max_size=12), max_size=14).map("".join))
def test_no_text_raises(text: str) -> None:
    findings = Findings()
    quiz = parse_quiz(text, FILE, 1, "en", Front("x", "X"), findings)
    assert (quiz is None) == bool(findings.errors)
    for first, last, _ in parse_questions_in_lesson(text, FILE, 1, "en", Findings()):
        assert 1 <= first < last <= text.count("\n") + 1


def test_a_source_without_a_question_is_refused_unless_it_draws_from_other_quizzes() -> None:
    empty = [("no-questions", 1)]
    assert findings_of("Only words.\n", Front("x", "X", Rules())) == empty
    assert findings_of("Only words.\n", Front("x", "X", Rules(draw=Draw(banks=("other",), each=3)))) == []


def test_a_translation_may_have_no_question_as_its_source_may_draw_from_other_quizzes() -> None:
    assert findings_of("Seulement des mots.\n", Front("x", "X")) == []
