"""What a format can carry comes back as it went; what it cannot is in the report."""

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from course.formats import gift_in, gift_out, moodle_xml_in, moodle_xml_out
from course.formats.bodies import HEADS, joined, rubric_points
from course.formats.landing import land
from course.formats.report import Report
from course.markup.html import plain
from course.quiz.gaps import HOLE
from course.quiz.model import EMPTY, Html, Question, Quiz, Rules
from course.quiz.pairs import Pairs
from course.quiz.ranges import Range
from course.quiz.types.cloze import ClozeBody
from course.quiz.types.numerical import NumericalBody
from course.quiz.types.short import ShortBody
from tests.quiz.asked import html, questions, without_lines

quickly = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
GIFT = ["single", "multiple", "truefalse", "short", "numerical", "match", "categorise", "written"]
XML = [*GIFT, "order", "cloze"]


def through_gift(quiz: Quiz) -> tuple[Question, ...]:
    text = gift_out.write(quiz, Report())
    return land(gift_in.read(text.encode()), "x", "X", "en", Report())[1]


def through_xml(quiz: Quiz) -> tuple[Question, ...]:
    text = moodle_xml_out.write(quiz, Report())
    return land(moodle_xml_in.read(io.BytesIO(text.encode())), "x", "X", "en", Report())[1]


def quiz_of(*asked: Question) -> Quiz:
    return Quiz("x", "X", "en", Rules(), EMPTY, asked)


def carried(asked: Question, *kept: str) -> Question:
    """The question with all that both formats lose taken away; `kept` are attributes that this one has words for."""
    body = asked.body
    lost = {"renamed-from", "accents", "credit", *({"points", "shuffle", "case"} - set(kept))}
    if asked.type not in ("single", "multiple", "match", "categorise"):
        lost.add("shuffle")
    attributes_type = asked.type
    implied = {"type"} if asked.type in ("single", "multiple", "numerical", "cloze") else set()
    if isinstance(body, Pairs):
        targets = tuple(replace(target, text=html_line(target.text)) for target in body.targets)
        body = Pairs(HEADS, body.items, targets)
        if asked.type == "categorise" and len(body.items) + unused(body) == len(body.targets):
            attributes_type = "match"  # Where no category repeats, nothing tells it from a matching question.
    if isinstance(body, ShortBody):
        body = replace(body, wrong=joined(body.wrong))
    if isinstance(body, ClozeBody):
        names = {gap.id: chr(97 + at) for at, gap in enumerate(body.gaps)}
        text = Html(HOLE.sub(lambda hole: f"<!--gap {names[hole[1]]}-->", body.text))
        body = ClozeBody(text, tuple(replace(gap, id=names[gap.id], wrong=joined(gap.wrong)) for gap in body.gaps))
    attributes = {name: value for name, value in asked.attributes.items() if name not in lost | implied}
    if "type" in attributes:
        attributes["type"] = attributes_type
    natural = rubric_points(body)
    if "points" in attributes and int(attributes["points"]) == natural:
        del attributes["points"]
    return replace(
        asked,
        type=attributes_type,
        body=body,
        attributes=attributes,
        points=int(attributes.get("points", natural)),
        shuffle="shuffle" not in attributes,
    )


def unused(body: Pairs) -> int:
    """How many targets nothing belongs to."""
    return len(body.targets) - len({item.target for item in body.items})


def html_line(text: Html) -> Html:
    """A line as the words alone."""
    return Html(html(plain(text)))


def middle(written: Range) -> Range:
    """A range as its middle and what it may differ by, which is how Moodle keeps it."""
    half = (written.low + written.high) / 2
    return Range(written.low, written.high, (Decimal(half.numerator) / Decimal(half.denominator),))


@pytest.mark.parametrize("kind", GIFT)
@quickly
@given(data=st.data())
def test_gift_brings_back_what_it_can_carry(kind: str, data: st.DataObject) -> None:
    asked = data.draw(questions(kind))
    expected = carried(asked)
    if kind == "written":  # GIFT has no rubric, and what is left has no feedback of its own.
        expected = replace(expected, body=type(expected.body)(), feedback=EMPTY, points=1)
    if isinstance(expected.body, NumericalBody):
        expected = replace(expected, body=replace(expected.body, unit=""))
    (back,) = through_gift(quiz_of(asked))
    assert same(back, expected)


@pytest.mark.parametrize("kind", XML)
@quickly
@given(data=st.data())
def test_moodle_xml_brings_back_what_it_can_carry(kind: str, data: st.DataObject) -> None:
    asked = data.draw(questions(kind))
    expected = carried(asked, "points", "shuffle", "case")
    if isinstance(expected.body, NumericalBody):
        body = expected.body
        wrong = tuple(replace(one, range=middle(one.range)) for one in body.wrong)
        expected = replace(expected, body=replace(body, key=middle(body.key), wrong=wrong))
    (back,) = through_xml(quiz_of(asked))
    assert same(back, expected)


def same(back: Question, expected: Question) -> bool:
    """Equal but for lines and the order of attributes. A comparison by `assert` shows the first difference."""
    assert without_lines(back) == without_lines(expected)
    return True


@pytest.mark.parametrize(("through", "kinds"), [(through_gift, GIFT), (through_xml, XML)])
@quickly
@given(data=st.data())
def test_a_whole_quiz_comes_back_in_its_order(
    through: Callable[[Quiz], tuple[Question, ...]], kinds: list[str], data: st.DataObject
) -> None:
    asked = [data.draw(questions(kind)) for kind in data.draw(st.lists(st.sampled_from(kinds), max_size=4))]
    named = [replace(one, id=f"q-{at}") for at, one in enumerate(asked)]
    assert [one.id for one in through(quiz_of(*named))] == [one.id for one in named] if named else True


@pytest.mark.parametrize(("write", "kept"), [(gift_out.write, set(GIFT)), (moodle_xml_out.write, set(XML))])
def test_what_is_left_out_is_in_the_report(write: Callable[[Quiz, Report], str], kept: set[str]) -> None:
    from tests.quiz.test_contract import TYPES, question

    for kind in sorted(TYPES):
        report = Report()
        write(quiz_of(question(kind)), report)
        assert any("left out" in note.text for note in report.notes) == (kind not in kept), kind
