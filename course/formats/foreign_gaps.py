"""A text with gaps from another system as one of ours."""

import re
from html import escape

from course.formats.bodies import typed_answers
from course.formats.foreign import Answer, Foreign
from course.formats.inward import sentence
from course.formats.moodle_cloze import ForeignGap
from course.formats.outward import percent
from course.formats.report import About
from course.markup.html import plain
from course.quiz.gaps import MAX_GAPS, MAX_WEIGHT, Gap, Option
from course.quiz.model import Html
from course.quiz.typed import Foreseen
from course.quiz.types.cloze import ClozeBody

_MARK = re.compile("\ue000(\\d+)\ue001")
_PARAGRAPH = re.compile(r"<p>(?:(?!</p>).)*</p>", re.DOTALL)


def cloze(foreign: Foreign, text: Html, note: About) -> tuple[str, object, Html] | None:
    """Type, body and stem; the stem is what stands before the first paragraph with a gap."""
    standing = [int(number) for number in _MARK.findall(text)]
    if not 1 <= len(standing) <= MAX_GAPS or sorted(standing) != sorted(set(standing)):
        note(f"left out: it has {len(standing)} gaps that can stand where they are; 1 to {MAX_GAPS} can be asked")
        return None
    gaps = {at: _gap(foreign.gaps[at], _name(place), note) for place, at in enumerate(standing)}
    if any(gap is None for gap in gaps.values()):
        note("left out: one of its gaps cannot be asked here")
        return None
    stem, body = _around(text)
    if "<table" in body:
        note("left out: a gap stands in a table, or after one")
        return None
    filled = _MARK.sub(lambda mark: f"<!--gap {_name(standing.index(int(mark[1])))}-->", body)
    foreign.strict = all(gap.strict for gap in foreign.gaps if not gap.chosen) and any(g.strict for g in foreign.gaps)
    return "cloze", ClozeBody(Html(filled), tuple(gap for gap in gaps.values() if gap)), stem


def _name(place: int) -> str:
    return chr(97 + place) if place < 26 else f"gap-{place + 1}"


def _around(text: Html) -> tuple[Html, Html]:
    """What stands before the text with gaps, and that text; paragraphs after the last gap go on in its own."""
    first = text.index("\ue000")
    start = max(text.rfind("<p>", 0, first), 0) if "<p>" in text[:first] else 0
    last = text.rindex("\ue001")
    end = text.find("</p>", last)
    rest = text[end + 4 :] if end >= 0 else ""
    if rest and _PARAGRAPH.sub("", rest).strip() == "":
        more = "".join(f"<br>{part[3:-4]}" for part in _PARAGRAPH.findall(rest))
        return Html(text[:start]), Html(f"{text[start:end]}{more}</p>")
    return Html(text[:start]), Html(text[start:])


def _gap(gap: ForeignGap, name: str, note: About) -> Gap | None:
    weight = min(max(gap.weight, 1), MAX_WEIGHT)
    if weight != gap.weight:
        note(f"gap {name} weighs {gap.weight} there, and {weight} here")
    if gap.several:
        note(f"gap {name} takes several answers there")
        return None
    if gap.chosen:
        return _chosen(gap, name, weight, note)
    if gap.number:
        note(f"gap {name} asks for a number; here it takes the very words of the answer, without a tolerance")
    answers = [_without_tolerance(answer) if gap.number else answer for answer in gap.answers]
    typed = typed_answers(answers, gap.strict, note)
    if typed is None or set("[]`") & set("".join(typed[0])):
        return None
    return Gap(
        name, typed[0], weight=weight, wrong=tuple(one for one in typed[1] if not set("[]`") & set(one.texts[0]))
    )


def _without_tolerance(answer: Answer) -> Answer:
    return answer._replace(text=answer.text.partition(":")[0])


def _chosen(gap: ForeignGap, name: str, weight: int, note: About) -> Gap | None:
    words = {plain(Html(escape(answer.text, quote=False))): answer for answer in reversed(gap.answers) if answer.text}
    answers = dict(reversed(words.items()))
    best = max((answer.fraction for answer in answers.values()), default=0)
    key = next((text for text, answer in answers.items() if answer.fraction == best), None)
    if len(answers) < 2 or best <= 0:
        return None
    for text, answer in answers.items():
        if answer.fraction > 0 and text != key:
            note(f"“{text}” in gap {name} is worth {percent(answer.fraction)} % there, and nothing here")
    said = [(text, sentence(answer.feedback, note)) for text, answer in answers.items() if text != key]
    wrong = tuple(Foreseen((text,), feedback) for text, feedback in said if feedback)
    return Gap(name, options=tuple(Option(text, text == key) for text in answers), weight=weight, wrong=wrong)
