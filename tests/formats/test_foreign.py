"""What other people's files hold: editors' HTML, partial credit, types we have not, and slips."""

import io

import pytest

from course.formats import gift_in, moodle_xml_in
from course.formats.inward import paragraphs, sentence
from course.formats.landing import land
from course.formats.report import Report
from course.quiz.model import Question


def gift(text: str) -> tuple[str, list[str]]:
    """The Markdown of the questions in a GIFT file, and the report."""
    report = Report()
    markdown, _ = land(gift_in.read(text.encode()), "x", "X", "en", report)
    return markdown.split("---\n")[-1].strip(), [str(note) for note in report.notes]


def xml(*questions: str) -> tuple[tuple[Question, ...], str, list[str]]:
    report = Report()
    data = f"<quiz>{''.join(questions)}</quiz>".encode()
    markdown, found = land(moodle_xml_in.read(io.BytesIO(data)), "x", "X", "en", report)
    return found, markdown.split("---\n")[-1].strip(), [str(note) for note in report.notes]


def of(kind: str, text: str, rest: str) -> str:
    return (
        f'<question type="{kind}"><name><text>q</text></name><questiontext format="html"><text><![CDATA[{text}]]>'
        f"</text></questiontext>{rest}</question>"
    )


@pytest.mark.parametrize(
    ("html", "markdown_as_html", "notes"),
    [
        ('<p dir="ltr" style="color:red">Who <b>pays</b>?<br></p>', "<p>Who <strong>pays</strong>?<br></p>", 0),
        ("<div><h3>Think</h3><div>first</div></div>", "<p><strong>Think</strong></p><p>first</p>", 0),
        ("<script>alert(1)</script><p onclick='x'>a</p><style>p{}</style>", "<p>a</p>", 0),
        ('<p>see <img src="@@PLUGINFILE@@/a.png" alt="a map"></p>', "<p>see [a map]</p>", 1),
        ('<p><a href="javascript:x()">here</a> <a href="http://a.b">there</a></p>', "<p>here there</p>", 1),
        ("<p>1 < 2 &amp; *3* _4_ [5](6) # 7</p>", "<p>1 &lt; 2 &amp; *3* _4_ [5](6) # 7</p>", 0),
        ("# no heading<br>- no list", "<p># no heading<br>- no list</p>", 0),
        (r"<p>\(x^2\)</p>", r"<p>\(x^2\)</p>", 1),
        ("<ul><li><p>a</p></li><li>b</li></ul>", None, 0),
        ("<table><tr><td><p>a</p></td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>", None, 0),
        ("<b>" * 30 + "deep" + "</b>" * 30, None, 0),
        ("<p>" + "<i><b>a</b></i><b>b</b>" + "</p>", None, 0),
    ],
)
def test_an_editors_html_becomes_plain_markdown(html: str, markdown_as_html: str | None, notes: int) -> None:
    report = Report()
    made = paragraphs(html, report.about(0, "q"))
    assert made
    assert "style" not in made
    assert markdown_as_html is None or made == markdown_as_html
    assert len(report.notes) == notes


def test_several_paragraphs_stand_on_one_line_where_they_have_to() -> None:
    assert sentence("<p>a</p><ul><li>b</li></ul><pre>c\nd</pre>", Report().about(0, "")) == "a<br>b<br><code>c d</code>"


def test_nesting_beyond_reason_is_said_and_left_out() -> None:
    report = Report()
    assert paragraphs("<div>" * 50_000 + "x", report.about(0, "q")) == ""
    assert len(report.notes) == 1


def test_a_gift_file_as_trainers_write_it() -> None:
    markdown, notes = gift(
        "// a comment\n$CATEGORY: $course$/top/Finance\n\n"
        "::Grant's tomb::Who is buried in Grant's tomb?{\n=Grant#Right.\n~%50%Nobody#No.\n~Mr. \\{Brace\\}\n}\n\n"
        "Two plus {=two =2 ~%0%three#Too many.} is four.\n\n"
        "The sun rises in the east.{T#It does.}\n\n"
        "When?{#1822:5 ~#Ask again}\n\n"
        "Tell.{}\n"
    )
    assert "## Who is buried in Grant's tomb? {#grant-s-tomb}" in markdown
    assert "- ( ) Mr. \\{Brace}" in markdown
    assert "[[a: (x) two | ( ) 2 | ( ) three]]" in markdown
    assert "= wrong: false > It does." in markdown
    assert "= 1822 ± 5" in markdown
    assert {
        "Grant's tomb: “Nobody” is worth 50 % there, and nothing here",
        "question-4: the feedback for all other numbers is not carried: “Ask again”",
    } <= set(notes)


def test_a_missing_blank_line_is_told_at_its_line() -> None:
    report = Report()
    land(gift_in.read(b"\n\n::a::One?{T}\n::b::Two?{F}\n"), "x", "X", "en", report)
    assert [(note.line, "blank line" in note.text) for note in report.notes] == [(3, True)]


@pytest.mark.parametrize("text", ["Only words.", "Half {", "}{", "{=a}{=b}", "::::{}", "//", "$CATEGORY: x"])
def test_what_is_no_question_is_left_out(text: str) -> None:
    assert gift(text)[0] in ("", "## question-1 {#question-1 type=written}")


def test_weights_that_we_have_not_are_told() -> None:
    found, markdown, notes = xml(
        of(
            "multichoice",
            "<p>Which?</p><ul><li>look</li></ul>",
            "<single>false</single><defaultgrade>2.5</defaultgrade>"
            '<answer fraction="60"><text>a</text></answer><answer fraction="40"><text>b</text></answer>'
            '<answer fraction="0"><text>c</text></answer><hint><text>h</text></hint>',
        )
    )
    assert [question.type for question in found] == ["multiple"]
    assert "• look" in markdown  # A list right before the choices would be read as some of them.
    assert notes == [
        "q: its hints (1) are not carried",
        "q: “a” counts 60 % there, and 50 % here",
        "q: “b” counts 40 % there, and 50 % here",
        "q: “c” counts 0 % there, and -50 % here",
        "q: it weighs 2.5 points there, and 2 here",
    ]


def test_texts_with_gaps_of_all_kinds() -> None:
    found, markdown, notes = xml(
        of(
            "cloze",
            "<p>Go:</p><p>The {1:SHORTANSWER:=sun~%50%star#nearly} and {2:MC:~moon~=earth#yes}.</p><p>End.</p>",
            "",
        ),
        of(
            "gapselect",
            "Cats [[1]] mice; [[2]] bark.",
            "<selectoption><text>eat</text><group>1</group></selectoption>"
            "<selectoption><text>dogs</text><group>2</group></selectoption>"
            "<selectoption><text>love</text><group>1</group></selectoption>"
            "<selectoption><text>cows</text><group>2</group></selectoption>",
        ),
    )
    assert [question.type for question in found] == ["cloze", "cloze"]
    assert "The [[a: sun]] and [[b x2: ( ) moon | (x) earth]].<br>End." in markdown
    assert "Cats [[a: (x) eat | ( ) love]] mice; [[b: (x) dogs | ( ) cows]] bark." in markdown
    assert "q: “star” is worth 50 % there, and nothing here" in notes


def test_types_that_we_have_not_are_left_out_by_name() -> None:
    _, _, notes = xml(of("ddmarker", "Where?", ""), of("description", "Read.", ""), of("essay", "Why?", ""))
    assert [note for note in notes if "left out" in note] == [
        "q: left out: there is no type like Moodle's `ddmarker` here",
        "q: left out: it asks nothing (a description has no place in a quiz file)",
    ]


def test_whatever_stands_in_the_text_stays_text() -> None:
    found, _, notes = xml(
        of("shortanswer", "## a {#b}<br>- (x) c<br>= d", '<answer fraction="100"><text>wrong: > |</text></answer>')
    )
    assert [question.type for question in found] == ["short"]
    assert not notes


def test_two_questions_of_one_name_get_ids_of_their_own() -> None:
    essay = of("essay", "Why?", "")
    assert [question.id for question in xml(essay, essay, essay)[0]] == ["q", "q-2", "q-3"]
