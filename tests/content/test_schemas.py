"""The JSON Schemas say what the models say: every shipped file is valid, and what the check refuses is refused."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from course.content.paths import classify
from course.content.schema import CourseFile, LessonFrontMatter, ModuleFile, read
from course.content.schemas import schemas
from course.markup import yaml
from course.markup.findings import Findings
from course.markup.front_matter import split
from course.quiz.rules import read_front

ROOT = Path(__file__).parent.parent.parent
MADE = {name: Draft202012Validator(made) for name, made in schemas().items()}
MODELS = {"course": CourseFile, "module": ModuleFile, "lesson": LessonFrontMatter}
FOLDERS = [ROOT / "lessons", ROOT / "quizzes", *(ROOT / "tests/packs").glob("*/*")]
FILES = sorted(path for folder in FOLDERS for path in folder.rglob("*") if path.suffix in {".md", ".yaml"})


def data(text: str, front: bool) -> object:
    node = yaml.load(split(text, "", Findings()).yaml if front else text, "", Findings())
    return node.value if node else None


@pytest.mark.parametrize("name", sorted(MADE))
def test_each_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(MADE[name].schema)


def test_every_file_of_every_pack_is_valid() -> None:
    seen = set()
    for path in FILES:
        source = classify("/".join(path.parts[path.parts.index("lessons" if "lessons" in path.parts else "quizzes") :]))
        if source is None or source.kind == "glossary":
            continue
        text = path.read_text("utf-8")
        kind = source.kind
        if kind == "quiz" and "\npass:" not in text and source.language != "en":
            kind = "quiz-translation"
        seen.add(kind)
        wrong = [error.message for error in MADE[kind].iter_errors(data(text, path.suffix == ".md"))]
        assert not wrong, f"{path}: {wrong}"
    assert seen == MADE.keys()


GOOD = {
    "course": "id: a\ntitle: {en: A}\nlanguages: {en: source}",
    "module": "id: a\ntitle: {en: A}",
    "lesson": "id: a\ntitle: A\nminutes: 3",
    "quiz": "id: a\ntitle: A",
}
BAD = [
    ("course", "id: A", "id: a"),
    ("course", "title: {english: A}", "title: {en: A}"),
    ("course", "languages: {en: whole}", "languages: {en: source}"),
    ("course", "id: a\nacess: open", "id: a"),
    ("course", "id: a\naccess: closed", "id: a"),
    ("course", "id: a\ncomplete when: {lessons: some}", "id: a"),
    ("course", "id: a\nretired: [a/b/c]", "id: a"),
    ("module", "id: a\nrequires: b", "id: a"),
    ("module", "", "id: a\n"),
    ("lesson", "minutes: six", "minutes: 3"),
    ("lesson", "minutes: 0", "minutes: 3"),
    ("lesson", "minutes: 3\nobjectives: {Aim: x}", "minutes: 3"),
    ("quiz", "id: a\npass: 0.7", "id: a"),
    ("quiz", "id: a\nattempts: 0", "id: a"),
    ("quiz", "id: a\nattempts: endless", "id: a"),
    ("quiz", "id: a\ndraw: {each: 3, of: 4}", "id: a"),
    ("quiz", "id: a\ntime limit: soon", "id: a"),
    ("quiz", "id: a\nopens: 2026-03-01", "id: a"),
    ("quiz", "id: a\nrelease: {after: [key]}", "id: a"),
    ("quiz", "id: a\nshuffle: yes", "id: a"),
    ("quiz", "id: a\npas: 70%", "id: a"),
]


@pytest.mark.parametrize(("kind", "bad", "good"), BAD)
def test_what_the_check_refuses_the_schema_refuses_too(kind: str, bad: str, good: str) -> None:
    text = GOOD[kind].replace(good, bad)
    findings = Findings()
    node = yaml.load(text, "", findings)
    assert node is not None
    read_front(node, findings, source=True) if kind == "quiz" else read(MODELS[kind], node, findings)
    assert findings.errors
    assert not MADE[kind].is_valid(node.value)
    assert MADE[kind].is_valid(data(GOOD[kind], front=False))


RIGHT = [
    "pass: 66.5 %",
    "attempts: unlimited",
    "draw: {from: [b], each: 3}",
    "time limit: 1 h 30 min",
    "cool-down: 2 d",
    "opens: 2026-03-01T09:00+01:00",
    "closes: 2026-03-01T09:00Z",
    "requires: [b, c]",
    "release: {during: [], closed: [key]}",
]


@pytest.mark.parametrize("rule", RIGHT)
def test_what_the_check_takes_the_schema_takes_too(rule: str) -> None:
    findings = Findings()
    node = yaml.load(f"{GOOD['quiz']}\n{rule}", "", findings)
    assert node is not None
    assert read_front(node, findings, source=True)
    assert MADE["quiz"].is_valid(node.value)
