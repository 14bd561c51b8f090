"""Moodle XML: a question bank with marks, tags, shuffling, texts with gaps and ordering."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from course.formats import outward
from course.formats.moodle_cloze import gap_code
from course.formats.outward import accents, asked, decimal, is_marked_up, percent, words
from course.formats.report import About, Report
from course.quiz.choices import Choices
from course.quiz.gaps import HOLE
from course.quiz.model import EMPTY, Html, Question, Quiz
from course.quiz.pairs import Pairs
from course.quiz.types.cloze import ClozeBody
from course.quiz.types.numerical import NumericalBody, bounds
from course.quiz.types.order import OrderBody
from course.quiz.types.short import ShortBody
from course.quiz.types.truefalse import TrueFalseBody
from course.quiz.types.written import WrittenBody

_KINDS = {
    "single": "multichoice",
    "multiple": "multichoice",
    "truefalse": "truefalse",
    "short": "shortanswer",
    "numerical": "numerical",
    "match": "matching",
    "categorise": "matching",
    "order": "ordering",
    "cloze": "cloze",
    "written": "essay",
}


def write(quiz: Quiz, report: Report) -> str:
    """The questions of `quiz` as Moodle XML. What it cannot carry is in `report`."""
    report.whole(
        "the rules of the quiz, its pass mark and its introduction are not carried: this is a bank of questions"
    )
    root = Element("quiz")
    bank = SubElement(root, "question", type="category")
    _text(bank, "category", f"$course$/top/{quiz.title.replace('/', '//')}")
    for question in quiz.questions:
        note = report.about(question.line, question.id)
        if question.type not in _KINDS:
            note(f"left out: Moodle has no type like {question.type}")
            continue
        outward.tell_text(question, note)
        outward.tell_attributes(question, note, "points", "shuffle", "case")
        root.append(_question(question, note))
    indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _question(question: Question, note: About) -> Element:
    made = Element("question", type=_KINDS[question.type])
    _text(made, "name", question.id)
    if question.type != "cloze":
        _html(made, "questiontext", Html(asked(question)))
    _html(made, "generalfeedback", Html(outward.outward(question.feedback)))
    SubElement(made, "defaultgrade").text = str(question.points)
    SubElement(made, "penalty").text = "0"
    SubElement(made, "hidden").text = "0"
    SubElement(made, "idnumber").text = question.id
    _WRITERS[question.type](question, made, note)
    if question.objective:
        _text(SubElement(made, "tags"), "tag", f"objective:{question.objective}")
    return made


def _text(parent: Element, name: str, text: str) -> Element:
    made = SubElement(parent, name)
    SubElement(made, "text").text = text
    return made


def _html(parent: Element, name: str, html: Html) -> Element:
    made = _text(parent, name, html)
    made.set("format", "html")
    return made


def _answer(parent: Element, fraction: str, text: str, feedback: Html, kind: str = "html") -> Element:
    made = SubElement(parent, "answer", fraction=fraction, format=kind)
    SubElement(made, "text").text = text
    _html(made, "feedback", Html(outward.outward(feedback)))
    return made


def _shuffled(question: Question) -> str:
    return "true" if question.shuffle else "false"


def _choices(question: Question, made: Element, note: About) -> None:
    body = _of(question, Choices)
    if any(one.id != str(at) for at, one in enumerate(body.choices, start=1)):
        note("the ids of its choices are not carried")
    one_key = question.type == "single"
    SubElement(made, "single").text = "true" if one_key else "false"
    SubElement(made, "shuffleanswers").text = _shuffled(question)
    SubElement(made, "answernumbering").text = "none"
    share = percent(Fraction(1, len(body.keys)))
    for one in body.choices:
        fraction = share if one.key else ("0" if one_key else f"-{share}")
        _answer(made, fraction, outward.outward(one.text), one.feedback)


def _truefalse(question: Question, made: Element, note: About) -> None:
    body = _of(question, TrueFalseBody)
    for truth in ("true", "false"):
        right = truth == body.key
        _answer(made, "100" if right else "0", truth, EMPTY if right else body.feedback, "moodle_auto_format")


def _short(question: Question, made: Element, note: About) -> None:
    body = _of(question, ShortBody)
    if accents(body.keys) and question.attributes.get("accents") != "strict":
        note("accents are forgiven here; there, an answer without them is wrong")
    SubElement(made, "usecase").text = "1" if question.attributes.get("case") == "strict" else "0"
    for key in body.keys:
        _answer(made, "100", key.replace("*", "\\*"), EMPTY, "moodle_auto_format")
    for wrong in body.wrong:
        for text in wrong.texts:
            _answer(made, "0", text.replace("*", "\\*"), wrong.feedback, "moodle_auto_format")


def _numerical(question: Question, made: Element, note: About) -> None:
    body = _of(question, NumericalBody)
    if "tolerance" in question.attributes:
        note(f"the tolerance of {question.attributes['tolerance']} is carried as a range of numbers")
    ranges = [("100", bounds(question), EMPTY), *(("0", wrong.range, wrong.feedback) for wrong in body.wrong)]
    for fraction, accepted, feedback in ranges:
        middle = decimal((accepted.low + accepted.high) / 2)
        answer = _answer(made, fraction, middle, feedback, "moodle_auto_format")
        SubElement(answer, "tolerance").text = decimal((accepted.high - accepted.low) / 2)
    if body.unit:
        unit = SubElement(SubElement(made, "units"), "unit")
        SubElement(unit, "multiplier").text = "1"
        SubElement(unit, "unit_name").text = body.unit
        SubElement(made, "unitgradingtype").text = "0"
        SubElement(made, "showunits").text = "0"


def _pairs(question: Question, made: Element, note: About) -> None:
    body = _of(question, Pairs)
    note("the headings of its two columns are not carried")
    if question.type == "categorise":
        note("it becomes a matching question whose right sides repeat")
    if body.wrong:
        note("the feedback for wrong pairs is not carried")
    if any(is_marked_up(target.text) for target in body.targets):
        note("marks such as bold or code are not carried on the right side of pairs")
    SubElement(made, "shuffleanswers").text = _shuffled(question)
    used = {item.target for item in body.items}
    for item in body.items:
        _pair(made, Html(outward.outward(item.text)), words(body.text_of(item.target)))
    for target in body.targets:
        if target.id not in used:
            _pair(made, EMPTY, words(target.text))


def _pair(made: Element, left: Html, right: str) -> None:
    _text(_html(made, "subquestion", left), "answer", right)


def _order(question: Question, made: Element, note: About) -> None:
    body = _of(question, OrderBody)
    note("ordering needs Moodle 4.4, or its plug-in")
    if any(item.id != str(at) for at, item in enumerate(body.items, start=1)):
        note("the ids of its items are not carried")
    for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", "0")):
        SubElement(made, name).text = value
    SubElement(made, "gradingtype").text = "ABSOLUTE_POSITION"
    SubElement(made, "showgrading").text = "SHOW"
    for at, item in enumerate(body.items, start=1):
        _answer(made, str(at), outward.outward(item.text), EMPTY)


def _cloze(question: Question, made: Element, note: About) -> None:
    body = _of(question, ClozeBody)
    codes = {gap.id: gap_code(gap, question) for gap in body.gaps}
    if accents(tuple(key for gap in body.gaps for key in gap.keys)):
        note("accents are forgiven here; there, an answer without them is wrong")
    if [gap.id for gap in body.gaps] != [chr(97 + at) for at in range(len(body.gaps))]:
        note("the ids of its gaps are not carried")
    pieces = HOLE.split(outward.outward(Html(body.text.replace("{", "&#123;"))))
    text = "".join(codes[piece] if at % 2 else piece for at, piece in enumerate(pieces))
    made.insert(1, _html(Element("x"), "questiontext", Html(asked(question).replace("{", "&#123;") + text)))


def _written(question: Question, made: Element, note: About) -> None:
    body = _of(question, WrittenBody)
    SubElement(made, "responseformat").text = "editor"
    SubElement(made, "responserequired").text = "1"
    if not body.criteria:
        return
    note("the rubric goes into the notes for whoever marks: Moodle cannot reckon with it there")
    points = sorted({level.points for criterion in body.criteria for level in criterion.levels})
    head = "".join(f"<th>{cell}</th>" for cell in [outward.outward(body.head), *map(str, points)])
    rows = "".join(f"<tr>{_cells(criterion, points)}</tr>" for criterion in body.criteria)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    _html(made, "graderinfo", Html(table))


def _cells(criterion: Any, points: list[int]) -> str:
    said = {level.points: outward.outward(level.text) for level in criterion.levels}
    return "".join(
        f"<td>{cell}</td>" for cell in [outward.outward(criterion.text), *(said.get(at, "") for at in points)]
    )


def _of(question: Question, kind: type[Any]) -> Any:
    if not isinstance(question.body, kind):
        raise TypeError(f"Question {question.id} is not of type {question.type}")
    return question.body


_WRITERS: dict[str, Callable[[Question, Element, About], None]] = {
    "single": _choices,
    "multiple": _choices,
    "truefalse": _truefalse,
    "short": _short,
    "numerical": _numerical,
    "match": _pairs,
    "categorise": _pairs,
    "order": _order,
    "cloze": _cloze,
    "written": _written,
}
