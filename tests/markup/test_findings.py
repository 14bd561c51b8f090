"""Each rule of a lesson's text, broken once: the rule and its line, with a message and a remedy."""

import pytest

from tests.markup.show import line, read, rules, stem

BROKEN = {
    "attribute-twice": ("## A {#a k=1 k=2}", 1),
    "attributes": ('## A {#a k="}', 1),
    "attributes-here": ("## A {#a}\n\nText {#b}", 3),
    "block-source": ("## A {#a}\n\n- one\n\nFigure: B {#b block=chart}", 5),
    "callout-line": ("## A {#a}\n\n> [!NOTE] Title\n> Text", 3),
    "caption-alone": ("## A {#a}\n\nText\n\nFigure: B {#b}", 5),
    "caption-blank-line": ("## A {#a}\n\n- 1919: one\nFigure: B {#b block=timeline}", 4),
    "chart-columns": ("## A {#a}\n\n| A |\n|---|\n| b |\n\nFigure: B {#b block=chart}", 7),
    "chart-number": ("## A {#a}\n\n| A | B |\n|---|---|\n| b | many |\n\nFigure: B {#b block=chart}", 7),
    "class": ("## A {#a .big}", 1),
    "compare-columns": ("## A {#a}\n\n| A |\n|---|\n| b |\n\nFigure: B {#b block=compare}", 7),
    "compare-header": ("## A {#a}\n\n| A | |\n|---|---|\n| b | c |\n\nFigure: B {#b block=compare}", 7),
    "cycle-name": (f"## A {{#a}}\n\n1. {'x' * 49}\n2. b\n\nFigure: B {{#b block=cycle}}", 6),
    "cycle-size": ("## A {#a}\n\n1. alone\n\nFigure: B {#b block=cycle}", 5),
    "empty-heading": ("## {#a}", 1),
    "empty-link": ("## A {#a}\n\n[](https://ilo.org)", 3),
    "footnote-in-heading": ("## A[^b] {#a}\n\n[^b]: B", 1),
    "footnote-label": ("## A {#a}\n\n[^B]: B", 3),
    "footnote-twice": ("## A {#a}\n\nText[^b]\n\n[^b]: B\n\n[^b]: C", 7),
    "heading-inside": ("## A {#a}\n\n> ## B", 3),
    "heading-jump": ("## A {#a}\n\n#### B", 3),
    "heading-space": ("## A {#a}\n\n##B", 3),
    "id-form": ("## A {#Aims}", 1),
    "link-target": ("## A {#a}\n\n[a](http://ilo.org)", 3),
    "list-blank-line": ("## A {#a}\n\nText\n- one", 4),
    "list-indent": ("## A {#a}\n\n- one\n  - two", 4),
    "list-marker": ("## A {#a}\n\n1) one", 3),
    "missing-alternative": ("## A {#a}\n\n![](figures/a.svg)", 3),
    "no-summary": ("## A {#a}\n\n<details>\nText\n</details>", 3),
    "open-comment": ("## A {#a}\n\n<!-- never closed", 3),
    "open-details": ("## A {#a}\n\n<details>\n<summary>A</summary>\n\n## B {#b}", 3),
    "open-fence": ("## A {#a}\n\n```\ncode", 3),
    "raw-html": ("## A {#a}\n\n<font>a</font>", 3),
    "remote-picture": ("## A {#a}\n\n![a](https://ilo.org/a.svg)", 3),
    "reserved-id": ("## A {#fn-a}", 1),
    "same-id": ("## A {#a}\n\n### B {#a}", 3),
    "section-without-id": ("## A", 1),
    "stray-details": ("## A {#a}\n\n</details>", 3),
    "table-blank-line": ("## A {#a}\n\nText\n| a | b |\n|---|---|\n| c | d |", 4),
    "timeline-item": ("## A {#a}\n\n- one\n\nFigure: B {#b block=timeline}", 5),
    "title-heading": ("# A {#a}", 1),
    "two-ids": ("## A {#a #b}", 1),
    "underlined-heading": ("## A {#a}\n\nText\n---", 4),
    "unknown-anchor": ("## A {#a}\n\n[b](#b)", 3),
    "unknown-attribute": ("## A {#a colour=red}", 1),
    "unknown-block": ("## A {#a}\n\n- one\n\nFigure: B {#b block=pie}", 5),
    "unknown-callout": ("## A {#a}\n\n> [!HINT]\n> Text", 3),
    "unknown-footnote": ("## A {#a}\n\nText[^b]", 3),
    "unused-footnote": ("## A {#a}\n\n[^b]: B", 3),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_found_at_its_line(rule: str) -> None:
    text, number = BROKEN[rule]
    assert (rule, number) in rules(text)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_finding_says_what_is_wrong_and_how_to_mend_it(rule: str) -> None:
    for finding in read(BROKEN[rule][0])[1]:
        assert finding.place.file == "a.md"
        assert finding.message
        assert finding.remedy
        assert not finding.message.endswith(".")
        assert not finding.remedy.endswith(".")


@pytest.mark.parametrize("rule", sorted(set(BROKEN) - {"attribute-twice", "id-form", "footnote-label"}))
def test_a_broken_rule_is_the_only_finding(rule: str) -> None:
    assert {found for found, _ in rules(BROKEN[rule][0])} == {rule}


def test_a_footnote_in_a_question_is_found() -> None:
    assert stem("Text[^a]")[1] == ["footnote-here"]
    assert line("Text[^a]")[1] == ["footnote-here"]
    assert stem("`[^a]` and \\[^a]")[1] == []


def test_raw_html_in_a_choice_is_found_and_shown_as_written() -> None:
    assert line("a <b>b</b>") == ("a &lt;b&gt;b&lt;/b&gt;", ["raw-html", "raw-html"])


WELL_FORMED = [
    "## A {#a}\n\n- one\n    - two\n        - three\n- four",
    "## A {#a}\n\n1. one\n2. two\n\n    more of two",
    "## A {#a}\n\n- one\n    > quoted\n- two",
    "## A {#a}\n\n- one\n  and more\n- two",
    "## A {#a}\n- one",
    "## A {#a}\n\nThe year\n1984. It was a year.",
    "## A {#a}\n\n| a |\n|---|\n| b |",
    "## A {#a}\n\na | b\n--|--\nc | d",
    "## A {#a}\n\nText\n\n---\n\nText",
    "## A {#a}\n\n`<b>` and \\<b> and 1 < 2 <br> and a<b",
    "## A {#a}\n\n```\n<b>\n- a\n#b\n```",
    "## A {#a}\n\nThe set {a, b}\n\nBraces \\{#a}",
    "## A {#a}\n\n- [link](#a)\n- ![x](figures/a.svg)",
    "## A {#a}\n\n> - one\n> - two\n>     - three",
    "## A {#a}\n\n#1 is a number, not a heading",
    "## A {#a}\n\n<!-- a comment with <b> and [^x] -->\n\nText <!-- inside --> more.",
    "## A {#a}\n\n<!--\n## B\n-->",
    "## A {#a}\n\n`[^x]`, \\[^x]",
    "## A {#a}\n\nWords: of a sentence {that ends in braces}",
]


@pytest.mark.parametrize("text", WELL_FORMED)
def test_what_is_well_formed_has_no_finding(text: str) -> None:
    assert rules(text) == []
