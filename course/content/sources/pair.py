"""A translation beside its source: what has to be equal and is not."""

from collections.abc import Sequence
from typing import Any

from course.content.compiled import CompiledSource, LessonHead, Position, QuizHead, unpack_body
from course.content.schema import suggest
from course.markup.findings import Findings, Place
from course.quiz import codec
from course.quiz.compare import differences

_OWN = ("id", "title", "renamed-from", "retired", "translated-from")
"""What the front matter of a translated quiz may say."""


def compare_texts(kind: str, source: CompiledSource, translation: CompiledSource) -> CompiledSource:
    """Compare a lesson or a quiz with its source; the result has findings only, placed in the translation."""
    findings = Findings()
    before, after = source.head, translation.head
    if before["id"] != after["id"]:
        message = f'the id is "{after["id"]}", and "{before["id"]}" in the source language'
        findings.error(_at(after, "id"), "other-id", message, "ids are the same in all languages")
    if kind == "lesson":
        _lesson(before, after, findings)
    else:
        _rules(after, findings)
    _same(list(before["asked"]), list(after["asked"]), "question", _questions(after), findings)
    _keys(kind, source, translation, findings)
    return CompiledSource(None, findings=tuple(findings))


def _at(head: Any, key: str) -> Place:
    return Place("", *head["places"].get(key, (1, 1)))


def _questions(head: LessonHead | QuizHead) -> dict[str, Position]:
    return {name: question["at"] for name, question in head["asked"].items()}


def _lesson(before: LessonHead, after: LessonHead, findings: Findings) -> None:
    sections = {section["id"]: section["at"] for section in after["sections"]}
    _same([section["id"] for section in before["sections"]], list(sections), "section", sections, findings)
    places = {name: after["places"].get(f"objectives.{name}", (1, 1)) for name in after["objectives"]}
    _same(sorted(before["objectives"]), sorted(after["objectives"]), "objective", places, findings)
    _same(before["figures"], after["figures"], "figure", {}, findings)
    _same(sorted(before["notes"]), sorted(after["notes"]), "footnote", {}, findings)


def _rules(after: QuizHead, findings: Findings) -> None:
    for key in after["places"]:
        if key and "." not in key and key not in _OWN:
            message = f"`{key}` stands in a translation"
            findings.error(_at(after, key), "rule-in-translation", message, "take it out: the source's holds for all")


def _same(
    before: Sequence[str], after: Sequence[str], thing: str, places: dict[str, Position], findings: Findings
) -> None:
    """The same ids in the same order."""
    missing = [name for name in before if name not in set(after)]
    extra = [name for name in after if name not in set(before)]
    for name in extra:
        message = f'the source language has no {thing} "{name}"' if name else "the source language has no lead"
        remedy = suggest(name, filter(None, missing or before)) if name else "begin with the first `##`, as it does"
        findings.error(Place("", *places.get(name, (1, 1))), f"other-{thing}s", message, remedy)
    for name in missing:
        message = f'the {thing} "{name}" of the source language is missing' if name else "the lead is missing"
        findings.error(Place(""), f"other-{thing}s", message, "translate it, with the same id")
    if not missing and not extra and list(before) != list(after):
        name = next(name for was, name in zip(before, after, strict=True) if was != name)
        message = f'the {thing} "{name}" stands elsewhere in the source language'
        remedy = f"the source's order is {', '.join(before)}"
        findings.error(Place("", *places.get(name, (1, 1))), f"other-{thing}s", message, remedy)


def _keys(kind: str, source: CompiledSource, translation: CompiledSource, findings: Findings) -> None:
    """Question by question: type, attributes, choices and the pattern of keys."""
    before, after = _unpacked(kind, source), _unpacked(kind, translation)
    for name in before.keys() & after.keys():
        findings.extend(differences(codec.load_question(before[name]), codec.load_question(after[name]), ""))


def _unpacked(kind: str, compiled: CompiledSource) -> dict[str, Any]:
    if not compiled.head["asked"]:
        return {}
    questions: Any = unpack_body(compiled.body)["questions"]
    return {question["id"]: question for question in questions} if kind == "quiz" else dict(questions)
