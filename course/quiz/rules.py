"""A quiz's front matter: its name in every language, and its rules in the source language only."""

import difflib
import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from course.markup.attributes import ID_FORM
from course.markup.findings import Findings, Place
from course.markup.yaml import Node
from course.quiz.model import Draw, GradeMethod, Phase, Rules, Thing

MAX_HOURS = 24
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%")
_TIME = re.compile(r"(?:([0-9]{1,3}) ?h)? ?(?:([0-9]{1,4}) ?min)?")
_RULES = ("pass", "attempts", "draw", "shuffle", "show", "time limit", "grade", "release")

_EXPECTED = {
    "id": "small letters, digits and hyphens, the same in all languages",
    "title": "some words, in quotes if they look like a number",
    "pass": "a percentage from 0% to 100%, such as `70%`",
    "attempts": "a whole number from 1, or `unlimited`",
    "draw": "the number of questions that an attempt gets, such as `10`",
    "shuffle": "`true` or `false`",
    "show": "`all` or `one` (at a time)",
    "time limit": f"minutes or hours, such as `30 min` or `1 h 30 min`, up to {MAX_HOURS} h",
    "grade": "`best`, `last`, `first` or `average`",
    "release": "lists of `correctness`, `marks`, `feedback` and `key` for `during`, `submitted` and `closed`",
    "renamed-from": "the id that the quiz had before",
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
    draw_place: Place = field(default=Place(""), compare=False)


def _share(value: object) -> Fraction:
    match = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if match is None or Fraction(match[1]) > 100:
        raise ValueError
    return Fraction(match[1]) / 100


def _seconds(value: object) -> int:
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    seconds = (int(match[1] or 0) * 60 + int(match[2] or 0)) * 60 if match else 0
    if not 0 < seconds <= MAX_HOURS * 3600:
        raise ValueError
    return seconds


def _attempts(value: object) -> object:
    return None if value == "unlimited" else _count(value)


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1000:
        raise ValueError
    return value


_Id = Annotated[str, StringConstraints(pattern=f"^{ID_FORM.pattern}$")]


class _Schema(BaseModel):
    """Keys as in the file. The defaults of the rules are those of `Rules`."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    id: _Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
    renamed_from: Annotated[_Id | None, Field(alias="renamed-from")] = None
    retired: list[_Id] = []
    pass_mark: Annotated[Any, BeforeValidator(_share), Field(alias="pass")] = None
    attempts: Annotated[Any, BeforeValidator(_attempts)] = None
    draw: Annotated[Any, BeforeValidator(_count)] = None
    shuffle: bool = True
    show: Literal["all", "one"] = "all"
    time_limit: Annotated[Any, BeforeValidator(_seconds), Field(alias="time limit")] = None
    grade: GradeMethod = "best"
    release: dict[Phase, list[Thing]] | None = None


def read_front(node: Node, findings: Findings, *, source: bool) -> Front | None:
    """The front matter of a quiz file; None after an error. `source`: whether the file is in the source language."""
    data = node.value
    if not isinstance(data, dict):
        findings.error(node.place(), "front-matter", "A quiz begins with its front matter", "write `id:` and `title:`")
        return None
    misplaced = [] if source else [key for key in _RULES if key in data]
    for key in misplaced:
        remedy = "take it out here; it holds for all languages"
        findings.error(node.key(key), "rule-in-translation", f"`{key}` stands in a translation", remedy)
    try:
        read = _Schema.model_validate(data)
    except ValidationError as error:
        for detail in _first_of_each(error):
            _report(detail, node, findings)
        return None
    rules = _rules(read) if source else None
    retired = tuple(read.retired)
    names = (read.renamed_from,) if read.renamed_from else ()
    return None if misplaced else Front(read.id, read.title, rules, names, retired, node.place("draw"))


def _rules(read: _Schema) -> Rules:
    default = Rules()
    return Rules(
        pass_mark=default.pass_mark if read.pass_mark is None else read.pass_mark,
        attempts=read.attempts,
        draw=Draw(read.draw),
        shuffle=read.shuffle,
        show=read.show,
        time_limit=read.time_limit,
        grade=read.grade,
        release=default.release
        if read.release is None
        else {phase: frozenset(things) for phase, things in read.release.items()},
    )


def _first_of_each(error: ValidationError) -> list[ErrorDetails]:
    """One complaint for each key."""
    firsts: dict[object, ErrorDetails] = {}
    for detail in error.errors(include_url=False):
        firsts.setdefault(detail["loc"][:1], detail)
    return list(firsts.values())


def _report(detail: ErrorDetails, node: Node, findings: Findings) -> None:
    key = str(detail["loc"][0])
    if detail["type"] == "extra_forbidden":
        near = difflib.get_close_matches(key, _EXPECTED, n=1)
        remedy = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(_EXPECTED)}"
        findings.error(node.key(key), "unknown-key", f"A quiz has no `{key[:40]}`", remedy)
    elif detail["type"] == "missing":
        findings.error(node.place(), "missing-key", f"`{key}` is missing", f"write `{key}:` with {_EXPECTED[key]}")
    else:
        path = [step for step in detail["loc"] if step != "[key]"]
        place = node.place(*path) if path == list(detail["loc"]) else node.key(*path)
        given = str(detail["input"])[:40]
        findings.error(place, "wrong-value", f"`{key}` cannot be `{given}`", f"write {_EXPECTED[key]}")
