"""What keeps Markdown busy is refused at once, with a message; a normal lesson is far from every limit."""

from time import process_time

import pytest

from course.markup.document import document
from course.markup.findings import Finding, Findings, Place
from course.markup.render import fragment, inline

SECONDS = 4.0
"""Generous: about one on an idle machine."""

REFUSED = {
    "too-many-brackets": "[" * 10_000,
    "too-many-notes": "[^1]" * 450,
    "too-deep": "> " * 10_000 + "a",
    "text-size": "a " * 60_000,
    "too-many-marks": "*a " * 5_000,
    "too-many-lines": "---\n" * 20_000,
    "too-many-paragraphs": "> a\n\n" * 15_000,
    "long-run": "Text " + "`" * 500,
}

HEAVY = {
    "quotes without spaces": ">" * 10_000 + " a",
    "400 nested lists": "\n".join("    " * depth + "- a" for depth in range(200)),
    "lists on one line": "- " * 400 + "a",
    "nested by tabs": "\n".join("\t" * depth + "- a" for depth in range(400)),
    "brackets": "[" * 490 + "a" + "](b)" * 490,
    "pictures": "![" * 490 + "a" + "](b)" * 490,
    "emphasis": "*a _b " * 480,
    "emphasis that never closes": "**a" * 300,
    "backticks": "`a``b" * 300,
    "raw tags": "<sub>" * 900,
    "nested raw tags": "<sub>" * 480 + "a" + "</sub>" * 480,
    "entities": "&amp;" * 900,
    "braces": "{#a " * 20_000,
    "bars": "|" * 90_000,
    "tables": "| a |\n|---|\n" * 400,
    "spaces": " " * 90_000 + "a",
    "tabs": "\t" * 9_000 + "a",
    "blank lines": "\n" * 90_000,
    "headings": "## a {#b}\n" * 1_500,
    "captions": "Figure: a {#a}\n\n" * 2_500,
    "links": "https://" * 11_000,
    "comments": "<!--" * 20_000,
    "hashes": "#" * 90_000,
    "notes": "[^a]: b\n" * 450,
    "tildes": "~~a " * 450,
    "colons": "a:" * 45_000,
    "fences": "```\n" * 20_000,
    "quotes line by line": "> a\n" * 900,
    "one word": "x" * 95_000,
}


def found(text: str) -> tuple[list[Finding], float]:
    findings = Findings()
    begin = process_time()
    document(text, "a.md", 1, findings)
    return list(findings), process_time() - begin


@pytest.mark.parametrize("rule", REFUSED)
def test_too_much_of_something_is_refused_with_one_clear_message(rule: str) -> None:
    findings, seconds = found(REFUSED[rule])
    assert [finding.rule for finding in findings] == [rule]
    assert findings[0].place.file == "a.md"
    assert seconds < SECONDS


@pytest.mark.parametrize("name", HEAVY)
def test_no_text_of_allowed_size_takes_long_or_ends_in_a_traceback(name: str) -> None:
    assert found(HEAVY[name])[1] < SECONDS


@pytest.mark.parametrize("name", HEAVY)
def test_a_question_is_guarded_as_a_lesson_is(name: str) -> None:
    begin = process_time()
    fragment(HEAVY[name], Place("q.md"), Findings())
    inline(HEAVY[name], Place("q.md"), Findings())
    assert process_time() - begin < 2 * SECONDS


def test_twenty_levels_are_allowed() -> None:
    assert found("\n".join("    " * depth + "- a" for depth in range(20)))[0] == []
    assert found("> " * 20 + "a")[0] == []
    assert [finding.rule for finding in found("> " * 21 + "a")[0]] == ["too-deep"]


def test_the_line_of_the_excess_is_named() -> None:
    findings, _ = found("Text.\n\n" + "> " * 30 + "deep")
    assert findings[0].place == Place("a.md", 3, 1)


def test_deep_indentation_in_a_fence_is_no_nesting() -> None:
    assert found("```\n" + " " * 300 + "x\n```")[0] == []


def test_a_long_rule_is_no_excess() -> None:
    assert found("Text\n\n" + "*" * 80 + "\n\nText")[0] == []


def test_a_lesson_of_900_words_renders_in_milliseconds() -> None:
    paragraph = "The *social and solidarity economy*[^a] is **an idea**, a [link](2-b.en.md) and `more` of it. " * 5
    lesson = "".join(f"## Section {{#s{number}}}\n\n{paragraph}\n\n- one\n- two\n\n" for number in range(14))
    text = f"{lesson}[^a]: Source.\n"
    assert len(text.split()) > 900
    found(text)
    assert min(found(text)[1] for _ in range(5)) < 0.08
