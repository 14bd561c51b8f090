"""What `course.yaml`, `module.yaml` and a lesson's front matter may say, and what is said when they do not."""

import difflib
from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from course.content.paths import LANGUAGE
from course.markup.attributes import ID_FORM
from course.markup.findings import Findings
from course.markup.yaml import Node

ID = ID_FORM.pattern

Id = Annotated[str, StringConstraints(pattern=f"^{ID}$")]
Ids = list[Id]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Tag = Annotated[str, StringConstraints(pattern=f"^{LANGUAGE}$")]
Texts = dict[Tag, Text]
Made = Annotated[str, StringConstraints(pattern=f"^(Top|{ID})@[0-9a-f]{{8}}$")]


class _Schema(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Named(_Schema):
    id: Id
    renamed_from: Id | None = Field(None, alias="renamed-from")
    retired: Ids = []


class CompleteWhen(_Schema):
    """`all`, or the ids of what has to be done. Both are `all` where `course.yaml` says nothing."""

    lessons: Literal["all"] | Ids = "all"
    quizzes: Literal["all"] | Ids = "all"


class CourseFile(_Schema):
    """`course.yaml`. `retired` names lessons, modules and quizzes, and questions as `quiz/question`."""

    id: Id
    title: Texts
    description: Texts = {}
    languages: dict[Tag, Literal["source", "complete", "partial"]]
    access: Literal["open", "enrolled", "by edition"] = "open"
    quiz: Id | None = None
    complete_when: CompleteWhen = Field(CompleteWhen(), alias="complete when")
    renamed_from: Id | None = Field(None, alias="renamed-from")
    retired: list[Annotated[str, StringConstraints(pattern=f"^{ID}(/{ID})?$")]] = []


class ModuleFile(_Named):
    """`module.yaml`. `quiz` stands after the module's lessons; `requires` are modules that come first."""

    title: Texts
    quiz: Id | None = None
    requires: Ids = []


class LessonFrontMatter(_Named):
    """What stands between the `---` of a lesson. `retired` are ids of questions that the lesson had."""

    title: Text
    minutes: Annotated[int, Field(ge=1, le=600)]
    objectives: Annotated[dict[Id, Text], Field(max_length=12)] = {}
    translated_from: list[Made] = Field([], alias="translated-from")


Model = TypeVar("Model", bound=BaseModel)


def read(model: type[Model], node: Node, findings: Findings) -> Model | None:
    """The data of `node` as a `model`; None after errors, each of which is a finding at the key it is about."""
    if not isinstance(node.value, dict):
        findings.error(node.place(), "wrong-type", "here `key: value` lines are expected", f"begin with {_keys(model)}")
        return None
    try:
        return model.model_validate(node.value)
    except ValidationError as error:
        seen: set[object] = set()
        for detail in error.errors(include_url=False, include_input=True):
            _report(detail, model, node, findings, seen)
        return None


def id_in(node: Node) -> str | None:
    """The id that a file gives itself, where nothing else in it may be right."""
    name = node.value.get("id") if isinstance(node.value, dict) else None
    return name if isinstance(name, str) and ID_FORM.fullmatch(name) else None


MANY = 300
"""Comparing with more words than this takes too long, where a large pack has many mistakes."""


def suggest(word: str, known: Iterable[str]) -> str:
    """`did you mean "x"?`, or the known words when none is near."""
    words = sorted(set(known))
    likely = words if len(words) <= MANY else [other for other in words if other[:2] == word[:2]][:MANY]
    near = difflib.get_close_matches(word, likely, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"known here: {', '.join(words[:20])}" if words else "there are none here yet"


def _report(detail: ErrorDetails, model: type[BaseModel], node: Node, findings: Findings, seen: set[object]) -> None:
    path = _path(detail["loc"], node.value)
    kind, name = detail["type"], ".".join(map(str, path))
    if (path, kind == "missing") in seen or (kind == "literal_error" and isinstance(detail["input"], list)):
        return  # each branch of an alternative (`all` or a list) has its own complaint about the same value
    seen.add((path, kind == "missing"))
    if kind == "extra_forbidden":
        place, known = node.key(*path), _siblings(model, path)
        findings.error(place, "unknown-key", f'"{path[-1]}" is not a key here', suggest(str(path[-1]), known))
    elif kind == "missing":
        findings.error(node.place(*path[:-1]), "missing-key", f'"{name}" is missing', f"add `{path[-1]}: ...`")
    else:
        place = node.key(*path) if detail["loc"] and detail["loc"][-1] == "[key]" else node.place(*path)
        rule = "bad-id" if kind == "string_pattern_mismatch" else "wrong-value"
        findings.error(place, rule, f'"{name}" is {_given(detail["input"])}', _remedy(detail))


def _path(loc: tuple[int | str, ...], value: object) -> tuple[int | str, ...]:
    """The part of pydantic's `loc` that exists in the data: it also names the branches of alternatives."""
    path: list[int | str] = []
    for last, step in enumerate(loc, start=1):
        inside = (isinstance(value, dict) and step in value) or (
            isinstance(value, list) and isinstance(step, int) and step < len(value)
        )
        if inside:
            path.append(step)
            value = value[step]  # type: ignore[index]
        elif last == len(loc) and isinstance(value, dict) and isinstance(step, str) and step != "[key]":
            path.append(step)
    return tuple(path)


def _keys(model: type[BaseModel]) -> str:
    return ", ".join(f"`{field.alias or name}:`" for name, field in model.model_fields.items() if field.is_required())


def _siblings(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The keys that `model`, or the part of it around `path`, knows."""
    for step in path[:-1]:
        for name, field in model.model_fields.items():
            inner = field.annotation
            if step == (field.alias or name) and isinstance(inner, type) and issubclass(inner, BaseModel):
                model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _given(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'


_REMEDIES = {
    "string_type": "write text; put it in quotes if it looks like a number",
    "int_type": "write a whole number",
    "bool_type": "write true or false",
    "dict_type": "write `key: value` lines, indented",
    "list_type": "write a list, such as [a, b]",
    "model_type": "write `key: value` lines, indented",
    "string_too_short": "write something here",
    "string_pattern_mismatch": "use small letters, digits and hyphens (a language: `fr` or `pt-BR`)",
}


def _remedy(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "literal_error":
        words = str(context.get("expected", "a known word")).replace("'", "")
        return "write all, or a list such as [a, b]" if words == "all" else f"write {words}"
    if kind in _REMEDIES:
        return _REMEDIES[kind]
    limit = next((context[key] for key in ("le", "lt", "ge", "gt", "max_length") if key in context), None)
    return f"the limit is {limit}" if limit is not None else detail["msg"].lower()
