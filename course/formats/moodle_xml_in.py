"""Reading Moodle XML: what its types are called, and where they keep what."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import BinaryIO
from xml.etree.ElementTree import Element

from course.formats.foreign import Answer, Bank, Foreign, Refused
from course.formats.inward import as_html
from course.formats.moodle_cloze import ForeignGap, read_gaps
from course.formats.moodle_xml_file import questions
from course.formats.report import About, Report

_USUAL = {"Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect."}
_TAGS = re.compile(r"<[^>]*>")
_PLACE = re.compile(r"\[\[(\d{1,2})\]\]")


def read(file: BinaryIO) -> Bank:
    """The questions in a Moodle XML file. Raises Refused for a file that is none, is hostile, or is too large."""
    bank = Bank()
    for element in questions(file):
        kind = element.get("type", "")
        number = len(bank.questions) + len(bank.left_out) + 1
        if kind == "category":
            name = (_text(element, "category") or "").replace("//", "\0").rpartition("/")[2].replace("\0", "/")
            bank.title = bank.title or name.strip()
            continue
        question = _question(element, number)
        if kind not in _READERS:
            bank.left_out.append((0, question.name or f"question {number}", _why(kind)))
            continue
        _READERS[kind](element, question)
        bank.questions.append(question)
    if not bank.questions and not bank.left_out:
        raise Refused(
            "There is no question in this file. Moodle XML begins with <quiz> and has <question type=...> in it."
        )
    return bank


def _why(kind: str) -> str:
    if kind == "description":
        return "left out: it asks nothing (a description has no place in a quiz file)"
    return f"left out: there is no type like Moodle's `{kind[:40]}` here"


def _question(element: Element, number: int) -> Foreign:
    question = Foreign(
        number=number,
        name=" ".join((_text(element, "name") or "").split()),
        kind="essay",
        text=_html(element.find("questiontext")),
        general=_html(element.find("generalfeedback")),
        id=(element.findtext("idnumber") or "").strip(),
        points=_fraction(element.findtext("defaultgrade"), Fraction(1)),
        shuffle=_yes(element, "shuffleanswers", default=True),
    )
    tags = [" ".join((tag.findtext("text") or "").split()) for tag in element.iterfind("tags/tag")]
    named = [tag for tag in tags if tag.startswith("objective:")]
    question.objective = named[0].partition(":")[2] if named else None
    if other := [tag for tag in tags if tag and tag not in named]:
        question.lost.append(f"its tags are not carried: {', '.join(other)[:200]}")
    if hints := len(element.findall("hint")):
        question.lost.append(f"its hints ({hints}) are not carried")
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        said = _TAGS.sub("", _html(element.find(name))).strip()
        if said and said not in _USUAL:
            question.lost.append(f"its {name.removesuffix('feedback')} feedback is not carried: “{said[:200]}”")
    return question


def _text(element: Element, name: str) -> str | None:
    return element.findtext(f"{name}/text")


def _html(element: Element | None) -> str:
    if element is None:
        return ""
    kind = element.get("format", "html")
    return as_html(element.findtext("text") or "", kind, About(Report(), 0, ""))


def _plain(element: Element) -> str:
    return re.sub(r"[ \t\r\n]+", " ", element.findtext("text") or "").strip()


def _fraction(text: str | None, default: Fraction = Fraction(0)) -> Fraction:
    stripped = (text or "").strip()
    return Fraction(stripped) if re.fullmatch(r"-?\d{1,9}(\.\d{1,12})?", stripped) else default


def _yes(element: Element, name: str, *, default: bool = False) -> bool:
    text = (element.findtext(name) or "").strip().lower()
    return text in ("1", "true") if text else default


def _answers(element: Element, *, typed: bool) -> list[Answer]:
    return [
        Answer(
            _plain(answer) if typed else _html(answer),
            _fraction(answer.get("fraction")) / 100,
            _html(answer.find("feedback")),
            within=_fraction(answer.findtext("tolerance")),
        )
        for answer in element.findall("answer")
    ]


def _multichoice(element: Element, question: Foreign) -> None:
    question.kind = "one" if _yes(element, "single", default=True) else "many"
    question.answers = _answers(element, typed=False)


def _truefalse(element: Element, question: Foreign) -> None:
    question.kind, question.shuffle = "truefalse", True
    question.answers = [answer._replace(text=answer.text.lower()) for answer in _answers(element, typed=True)]


def _shortanswer(element: Element, question: Foreign) -> None:
    question.kind, question.strict, question.shuffle = "short", _yes(element, "usecase"), True
    question.answers = _answers(element, typed=True)


def _numerical(element: Element, question: Foreign) -> None:
    question.kind, question.shuffle = "numerical", True
    question.answers = _answers(element, typed=True)
    units = [" ".join((unit.findtext("unit_name") or "").split()) for unit in element.iterfind("units/unit")]
    question.unit = units[0] if units else ""
    if len(units) > 1:
        question.lost.append(f"other units than {units[0]} are not carried: {', '.join(units[1:])[:100]}")


def _matching(element: Element, question: Foreign) -> None:
    question.kind = "match"
    note = About(Report(), 0, "")
    for pair in element.findall("subquestion"):
        right = pair.find("answer")
        words = _plain(right) if right is not None else ""
        question.answers.append(Answer(_html(pair), right=as_html(words, "plain_text", note)))


def _ordering(element: Element, question: Foreign) -> None:
    question.kind, question.shuffle = "order", True
    question.answers = _answers(element, typed=False)


def _essay(element: Element, question: Foreign) -> None:
    question.kind, question.shuffle = "essay", True
    question.rubric = _html(element.find("graderinfo"))
    if _TAGS.sub("", _html(element.find("responsetemplate"))).strip():
        question.lost.append("the text that an answer begins with is not carried")


def _cloze(element: Element, question: Foreign) -> None:
    question.kind = "cloze"
    question.text, question.gaps = read_gaps(question.text)
    question.points = Fraction(1) if element.find("defaultgrade") is None else question.points


def _gapselect(element: Element, question: Foreign) -> None:
    """Select missing words, and words that are dragged into a text: `[[2]]` is the second option of all."""
    options = [
        (_plain(option), (option.findtext("group") or "1").strip())
        for name in ("selectoption", "dragbox")
        for option in element.findall(name)
    ]

    def taken(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if not 0 <= at < len(options):
            return match[0]
        same = [(place, text) for place, (text, group) in enumerate(options) if group == options[at][1]]
        answers = [Answer(text, Fraction(place == at)) for place, text in same]
        question.gaps.append(ForeignGap(1, answers, chosen=True))
        return f"\ue000{len(question.gaps) - 1}\ue001"

    question.kind = "cloze"
    question.text = _PLACE.sub(taken, question.text)


_READERS: dict[str, Callable[[Element, Foreign], None]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "cloze": _cloze,
    "gapselect": _gapselect,
    "ddwtos": _gapselect,
}
