"""A quiz's front matter: its name in every language, and its rules in the source language only."""

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from course.markup.attributes import ID_FORM
from course.markup.findings import Findings, Place
from course.markup.yaml import Node
from course.quiz import rule_values as values
from course.quiz.model import EVERYTHING, Draw, GradeMethod, Phase, Release, Rules, Thing

RULES = (
    *("pass", "attempts", "draw", "shuffle", "show", "time limit", "grade", "release"),
    *("cool-down", "opens", "closes", "practice", "penalty", "requires", "baseline", "weight"),
)
"""What only the source language's front matter says."""
_LIMITS = ("pass", "attempts", "time limit", "grade", "cool-down", "baseline", "weight")
"""Rules that mean nothing where nothing is limited or graded."""

EXPECTED = {
    "id": "small letters, digits and hyphens, the same in all languages",
    "title": "some words, in quotes if they look like a number",
    "pass": "a percentage from 0% to 100%, such as `70%`",
    "attempts": "a whole number from 1, or `unlimited`",
    "draw": "the number of questions that an attempt gets, such as `10`, or `{from: [quiz, quiz], each: 3}`, "
    "`{per objective: 2}` or `{objectives: {an-objective: 2}}`",
    "shuffle": "`true` or `false`",
    "show": "`all` or `one` (at a time)",
    "time limit": f"minutes or hours, such as `30 min` or `1 h 30 min`, up to {values.MAX_HOURS} h",
    "grade": "`best`, `last`, `first` or `average`",
    "release": "lists of `correctness`, `marks`, `feedback` and `key` for `during`, `submitted` and `closed`",
    "cool-down": f"how long to wait between attempts, such as `30 min`, `24 h` or `2 d`, up to {values.MAX_DAYS} d",
    "opens": "a date and a time with its zone, such as `2026-03-01T09:00+01:00`",
    "closes": "a date and a time with its zone, such as `2026-03-31T18:00+02:00`",
    "practice": "`true` or `false`",
    "penalty": "a percentage that each earlier try takes off, such as `10%`",
    "requires": "a list of ids of quizzes to pass first, such as `[understanding, ilo]`",
    "baseline": "the id of the quiz that was taken before the course",
    "weight": f"a whole number from 0 to {values.MAX_WEIGHT}, by which it counts among the course's quizzes",
    "renamed-from": "the id that the quiz had before",
    "translated-from": "in a translation: from which state of each question it was made, as `course translated` does",
    "retired": "a list of ids of questions that are gone, such as `[aims]`",
}


@dataclass(frozen=True, slots=True)
class Front:
    """What a quiz file's front matter says. `rules` is None in a translation."""

    id: str
    title: str
    rules: Rules | None = None
    names: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    made_from: tuple[str, ...] = ()
    draw_place: Place = field(default=Place(""), compare=False)


_Made = Annotated[str, StringConstraints(pattern=f"^(Top|{ID_FORM.pattern})@[0-9a-f]{{8}}$")]
_Id = Annotated[str, StringConstraints(pattern=f"^{ID_FORM.pattern}$")]


class FrontMatter(BaseModel):
    """The front matter of a quiz: keys as in the file. The defaults of the rules are those of `Rules`."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    id: _Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
    renamed_from: Annotated[_Id | None, Field(alias="renamed-from")] = None
    retired: list[_Id] = []
    translated_from: Annotated[list[_Made], Field(alias="translated-from")] = []
    pass_mark: Annotated[Any, BeforeValidator(values.share), WithJsonSchema(values.SHARE), Field(alias="pass")] = None
    attempts: Annotated[Any, BeforeValidator(values.attempts), WithJsonSchema(values.ATTEMPTS)] = None
    draw: Annotated[Any, BeforeValidator(values.draw), WithJsonSchema(values.DRAW)] = Draw()
    shuffle: bool = True
    show: Literal["all", "one"] = "all"
    time_limit: Annotated[
        Any, BeforeValidator(values.limit), WithJsonSchema(values.TIME), Field(alias="time limit")
    ] = None
    grade: GradeMethod = "best"
    release: dict[Phase, list[Thing]] | None = None
    cool_down: Annotated[Any, BeforeValidator(values.pause), WithJsonSchema(values.TIME), Field(alias="cool-down")] = 0
    opens: Annotated[Any, BeforeValidator(values.moment), WithJsonSchema(values.MOMENT)] = None
    closes: Annotated[Any, BeforeValidator(values.moment), WithJsonSchema(values.MOMENT)] = None
    practice: bool = False
    penalty: Annotated[Any, BeforeValidator(values.share), WithJsonSchema(values.SHARE)] = Fraction(0)
    requires: Annotated[Any, BeforeValidator(values.ids), WithJsonSchema(values.IDS)] = ()
    baseline: _Id | None = None
    weight: Annotated[int, Field(ge=0, le=values.MAX_WEIGHT)] = 1


def read_front(node: Node, findings: Findings, *, source: bool) -> Front | None:
    """The front matter of a quiz file; None after an error. `source`: whether the file is in the source language."""
    data = node.value
    if not isinstance(data, dict):
        findings.error(node.place(), "front-matter", "A quiz begins with its front matter", "write `id:` and `title:`")
        return None
    misplaced = [] if source else [key for key in RULES if key in data]
    for key in misplaced:
        remedy = "take it out here; it holds for all languages"
        findings.error(node.key(key), "rule-in-translation", f"`{key}` stands in a translation", remedy)
    try:
        read = FrontMatter.model_validate(data)
    except ValidationError as error:
        for detail in _first_of_each(error):
            _report(detail, node, findings)
        return None
    if source and not _fit(read, data.keys(), node, findings):
        return None
    rules = _rules(read) if source else None
    retired = tuple(read.retired)
    names = (read.renamed_from,) if read.renamed_from else ()
    made_from = tuple(read.translated_from)
    return None if misplaced else Front(read.id, read.title, rules, names, retired, made_from, node.place("draw"))


def references(rules: Rules) -> Iterator[tuple[str, str]]:
    """The quizzes that the rules name, each with the rule's key: for whoever knows which there are."""
    named = {"draw": rules.draw.banks, "requires": rules.requires, "baseline": (rules.baseline,)}
    return ((key, quiz) for key, quizzes in named.items() for quiz in quizzes if quiz)


def _rules(read: FrontMatter) -> Rules:
    default = Rules()
    return Rules(
        pass_mark=default.pass_mark if read.pass_mark is None else read.pass_mark,
        attempts=read.attempts,
        draw=read.draw,
        shuffle=read.shuffle,
        show=read.show,
        time_limit=read.time_limit,
        grade=read.grade,
        release=_release(read),
        cool_down=read.cool_down,
        opens=read.opens,
        closes=read.closes,
        practice=read.practice,
        penalty=read.penalty,
        requires=read.requires,
        baseline=read.baseline,
        weight=read.weight,
    )


def _release(read: FrontMatter) -> dict[Phase, Release]:
    if read.release is not None:
        return {phase: frozenset(things) for phase, things in read.release.items()}
    if read.practice:  # There is no last attempt after which the key could come.
        return {"during": EVERYTHING - {"key"}, "submitted": EVERYTHING, "closed": EVERYTHING}
    return Rules().release


def _fit(read: FrontMatter, given: Collection[str], node: Node, findings: Findings) -> bool:
    """Whether the rules go together."""
    before = len(findings.errors)
    for key in _LIMITS if read.practice else ():
        if key in given:
            findings.error(node.key(key), "practice", f"`{key}` means nothing in practice", "take one of the two out")
    if read.penalty and not read.practice:
        message = "A penalty for earlier tries needs practice, where there is more than one"
        findings.error(node.key("penalty"), "practice", message, "write `practice: true`, or take it out")
    if read.opens is not None and read.closes is not None and read.opens >= read.closes:
        findings.error(node.place("closes"), "closes", "The quiz closes before it opens", "give it a later moment")
    for key, quiz in references(_rules(read)):
        if quiz == read.id:
            findings.error(node.place(key), "own-quiz", f"`{key}` names this very quiz", "name others only")
    return len(findings.errors) == before


def _first_of_each(error: ValidationError) -> list[ErrorDetails]:
    """One complaint for each key."""
    firsts: dict[object, ErrorDetails] = {}
    for detail in error.errors(include_url=False):
        firsts.setdefault(detail["loc"][:1], detail)
    return list(firsts.values())


def _report(detail: ErrorDetails, node: Node, findings: Findings) -> None:
    key = str(detail["loc"][0])
    if detail["type"] == "extra_forbidden":
        near = difflib.get_close_matches(key, EXPECTED, n=1)
        remedy = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(EXPECTED)}"
        findings.error(node.key(key), "unknown-key", f"A quiz has no `{key[:40]}`", remedy)
    elif detail["type"] == "missing":
        findings.error(node.place(), "missing-key", f"`{key}` is missing", f"write `{key}:` with {EXPECTED[key]}")
    else:
        path = [step for step in detail["loc"] if step != "[key]"]
        place = node.place(*path) if path == list(detail["loc"]) else node.key(*path)
        given = str(detail["input"])[:40]
        findings.error(place, "wrong-value", f"`{key}` cannot be `{given}`", f"write {EXPECTED[key]}")
