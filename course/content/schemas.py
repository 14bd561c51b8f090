"""JSON Schemas of a pack's YAML, made from the models that read it, for editors that complete and explain."""

from typing import Any

from pydantic import BaseModel

from course.content.schema import CourseFile, LessonFrontMatter, ModuleFile
from course.quiz.rules import EXPECTED, RULES, FrontMatter

Schema = dict[str, Any]

_SAYS = {
    "id": "The name for ever: small letters, digits and hyphens. People's records hang on it.",
    "title": "What learners see. In `course.yaml` and `module.yaml` by language, as in {en: Bread, fr: Le pain}.",
    "description": "A few sentences for the list of courses, by language.",
    "languages": "The languages of the course. Exactly one is the source; in a complete one a missing file is an "
    "error, in a partial one a warning, and readers get the source.",
    "access": "open: lessons can be read without an account; enrolled: people enrol first; by edition: by invitation.",
    "quiz": "The id of the quiz that stands after these lessons.",
    "complete when": "What has to be done: all, or ids of lessons and of quizzes.",
    "lessons": "all, or ids of lessons",
    "quizzes": "all, or ids of quizzes",
    "renamed-from": "The id that this had before, so that nobody's progress is lost.",
    "retired": "Ids of what was published and is gone.",
    "requires": "Ids of modules that come first; they gate starting this module's quiz, never reading.",
    "minutes": "How long reading takes, in whole minutes.",
    "translated-from": "In a translation: from which state of each section it was made. `course translated` writes it.",
    "objectives": "Ids, unique in the course, with the end of the sentence “After this lesson you can …”.",
}
"""What an editor shows beside a key."""


def schemas() -> dict[str, Schema]:
    """By name: `course` and `module` for the settings; front matter of `lesson`, `quiz` and `quiz-translation`."""
    quiz = _made(FrontMatter, "The front matter of a quiz in the source language", EXPECTED)
    own = {key: value for key, value in quiz["properties"].items() if key not in RULES}
    return {
        "course": _made(CourseFile, "course.yaml", _SAYS),
        "module": _made(ModuleFile, "module.yaml", _SAYS),
        "lesson": _made(LessonFrontMatter, "The front matter of a lesson", _SAYS),
        "quiz": quiz,
        "quiz-translation": {**quiz, "title": "The front matter of a translated quiz", "properties": own},
    }


def _made(model: type[BaseModel], title: str, says: dict[str, str]) -> Schema:
    made = model.model_json_schema(by_alias=True)
    for part in (made, *made.get("$defs", {}).values()):
        for key, value in part["properties"].items():
            value.pop("title", None)
            if not isinstance(value.get("default"), str | bool):
                value.pop("default", None)  # nothing, or the engine's own form of nothing
            value["description"] = says[key]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_closed(made),
        "title": title,
        "description": "Made by `course schema`; `course check` says more.",
    }


def _closed(part: Any) -> Any:
    """The same, with mappings whose keys have a form closed to all others, as the models read them."""
    if isinstance(part, list):
        return [_closed(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    closed = {key: _closed(value) for key, value in part.items()}
    return closed | {"additionalProperties": False} if "patternProperties" in closed else closed
