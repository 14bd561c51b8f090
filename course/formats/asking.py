"""From a question as another system has it to one of ours."""

import re
from collections.abc import Callable
from fractions import Fraction

from course.formats import bodies
from course.formats.foreign import Foreign
from course.formats.foreign_gaps import cloze
from course.formats.inward import paragraphs, split_prompt
from course.formats.report import About
from course.markup.html import plain
from course.quiz.model import MAX_POINTS, Html, Question
from course.quiz.types.written import WrittenBody

_LISTS = {"single", "multiple", "order"}
_ENDING_LIST = re.compile(r"<(ul|ol)\b[^>]*>(?:(?!<[uo]l\b).)*</\1>$", re.DOTALL)
_IMPLIED = {"single", "multiple", "numerical", "cloze"}
"""Types that their answer tells, so that the heading need not."""

_READERS: dict[str, Callable[[Foreign, About], tuple[str, object] | None]] = {
    "one": bodies.one,
    "many": bodies.many,
    "truefalse": bodies.truefalse,
    "short": bodies.short,
    "numerical": bodies.numerical,
    "match": bodies.pairs,
    "order": bodies.order,
    "essay": bodies.essay,
}


def ask(foreign: Foreign, name: str, language: str, note: About) -> Question | None:
    """Our question, called `name`; None where it cannot be asked here, and then `note` knows why."""
    for lost in foreign.lost:
        note(lost)
    prompt, stem = split_prompt(paragraphs(foreign.text, note), foreign.name or name)
    read = cloze(foreign, stem, note) if foreign.kind == "cloze" else _without_gaps(foreign, stem, note)
    if read is None:
        return None
    kind, body, stem = read
    feedback = paragraphs(foreign.general, note)
    if feedback and isinstance(body, WrittenBody) and not body.criteria:
        note(f"its general feedback is not carried, for want of a rubric before it: “{plain(feedback)[:200]}”")
        feedback = Html("")
    attributes = _attributes(foreign, kind, body, note)
    return Question(
        id=name,
        type=kind,
        prompt=prompt,
        stem=_without_ending_list(stem) if kind in _LISTS else stem,
        body=body,
        feedback=feedback,
        points=int(attributes.get("points", bodies.rubric_points(body))),
        objective=foreign.objective,
        shuffle=foreign.shuffle,
        language=language,
        attributes=attributes,
    )


def _without_gaps(foreign: Foreign, stem: Html, note: About) -> tuple[str, object, Html] | None:
    read = _READERS[foreign.kind](foreign, note)
    return (*read, stem) if read else None


def _attributes(foreign: Foreign, kind: str, body: object, note: About) -> dict[str, str]:
    named = {} if kind in _IMPLIED else {"type": kind}
    points = min(MAX_POINTS, max(0, round(foreign.points)))
    if Fraction(points) != foreign.points:
        note(f"it weighs {float(foreign.points):g} points there, and {points} here")
    if points != bodies.rubric_points(body):
        named["points"] = str(points)
    if foreign.objective:
        named["objective"] = foreign.objective
    if not foreign.shuffle:
        named["shuffle"] = "no"
    if foreign.strict and kind in ("short", "cloze"):
        named["case"] = "strict"
    return named


def _without_ending_list(stem: Html) -> Html:
    """A list right before the choices would be read as some of them; it becomes lines of a paragraph."""
    ending = _ENDING_LIST.search(stem)
    if ending is None:
        return stem
    items = re.findall(r"<li>(.*?)</li>", ending[0], re.DOTALL)
    lines = "<br>".join(f"• {re.sub(r'</?p>', '', item).strip()}" for item in items)
    return Html(f"{stem[: ending.start()]}<p>{lines}</p>")
