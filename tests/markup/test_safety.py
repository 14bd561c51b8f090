"""Whatever an author writes: nothing is raised, and nothing that runs or restyles reaches the page."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.markup.document import Part, document
from course.markup.findings import Findings, Place
from course.markup.html import Html, plain
from course.markup.labels import labels
from course.markup.links import targets
from course.markup.render import fragment, inline

PIECES = st.sampled_from(
    [
        *"#*_`~<>[](){}|!:&\\-+=\"'^/ \n\t1a\x02\x03\x0b\u2028",
        "\n\n",
        "    ",
        "## A {#a}\n",
        "### B {#b}\n",
        "> [!NOTE]\n> ",
        "- ",
        "1. ",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n",
        "Figure: a {#c block=cycle}\n",
        "Figure: a {#d block=chart}\n",
        "Figure: a {#e block=timeline}\n",
        "Figure: a {#f block=compare}\n",
        "![a](b.svg)\n",
        "[^a]",
        "[^a]: ",
        "```\n",
        "<!--",
        "-->",
        "<details>\n",
        "<summary>a</summary>\n",
        "</details>\n",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<span lang="',
        '" onclick="alert(1)',
        "</span>",
        "<sub>",
        "</sub>",
        "javascript:alert(1)",
        "[a](javascript:alert(1))",
        "[a](https://a.b)",
        "&#106;",
        "&lt;script&gt;",
        "&#x3c;",
        "style=",
        "x1x",
        "klzzwxh:0001",
        "wzxhzdk:0",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))

TAGS = {"a", "abbr", "aside", "bdi", "blockquote", "br", "circle", "cite", "code", "del", "details", "dfn", "div"} | {
    *("em", "figcaption", "figure", "g", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark"),
    *("ol", "p", "path", "pre", "q", "rect", "span", "strong", "sub", "summary", "sup", "svg", "table", "tbody"),
    *("td", "text", "th", "thead", "tr", "tspan", "ul"),
}


class Guard(HTMLParser):
    """Refuses every tag that is not ours, and every attribute and URL that could run."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in {"style", "srcdoc", "action", "formaction", "srcset"}
            if name in {"href", "src"}:
                assert (value or "").startswith(("https:", "mailto:", "hole:", "#"))
            if name == "id":
                self.ids.append(value or "")
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in {"br", "hr", "img"}:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def assert_safe(html: str) -> list[str]:
    guard = Guard()
    guard.feed(html)
    guard.close()
    assert guard.open == []
    return guard.ids


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_a_document_of_any_text_is_safe(text: str) -> None:
    findings = Findings()
    shown = document(text, "a.md", 1, findings)
    ids = [identity for part in parts(shown) for identity in assert_safe(part)] + assert_safe(shown.notes)
    if not findings.errors:
        assert len(ids) == len(set(ids))
    assert not shown.text.startswith(" ")


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_a_fragment_of_any_text_is_safe_and_has_no_ids(text: str) -> None:
    html = fragment(text, Place("q.md"), Findings())
    assert assert_safe(html) == []
    plain(html)


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_a_line_of_any_text_is_safe_and_has_no_blocks(text: str) -> None:
    html = inline(text, Place("q.md"), Findings())
    assert assert_safe(html) == []
    assert "<p>" not in html
    assert "<li>" not in html


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_labels_are_filled_safely(text: str) -> None:
    for part in parts(document(text, "a.md", 1, Findings())):
        filled = labels(Html(part), lambda name: f"\"<b>'{name}")
        assert 'aria-label="label:' not in filled
        assert_safe(filled.replace("&lt;b&gt;", ""))


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_a_slot_stands_once_at_its_place_whatever_is_around_it(before: str, after: str) -> None:
    lines = before.split("\n")
    findings = Findings()
    number = len(lines) + 2
    text = f"{before}\n\n### Q {{#q type=single}}\n\n{after}"
    shown = document(text, "a.md", 1, findings, [(number, number, "q")])
    if not findings.errors:
        assert [part.key for section in shown.sections for part in section.parts if not isinstance(part, Part)] == ["q"]


def parts(shown: object) -> list[str]:
    sections = getattr(shown, "sections", ())
    return [part.html for section in sections for part in section.parts if isinstance(part, Part)] + [
        section.title for section in sections
    ]


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java&#115;cript:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example/x",
        "hole:lesson:x",
        "file:///etc/passwd",
        "http://a.b",
    ],
)
def test_a_link_that_could_run_or_leave_has_no_address(target: str) -> None:
    findings = Findings()
    html = fragment(f"[a]({target})", Place("q.md"), findings)
    assert "javascript:" not in html.lower()
    assert_safe(html)
    assert findings.errors or "hole:" in html


def test_a_token_cannot_be_forged() -> None:
    first = fragment("1. a\n2. b\n\nFigure: x {block=cycle}", Place("q.md"), Findings())
    assert "<svg" in first
    again = fragment("x0123456789abcdefx0x and \ufdd00\ufdd1 and &#xfdd0;", Place("q.md"), Findings())
    assert "<svg" not in again


@pytest.mark.parametrize(
    "text", ['href="hole:x"', 'src="hole:x.svg"', 'aria-label="label:x"', 'aria-label="label:note"']
)
def test_text_that_reads_like_a_hole_stays_text(text: str) -> None:
    html = fragment(f"Write `{text}` or {text}, as [here](a.md).\n\n> [!NOTE]\n> x", Place("q.md"), Findings())
    assert [target.target for target in targets(html)] == ["a.md"]
    assert plain(labels(html, {"note": "Note"}.__getitem__)).count(text) == 2
