"""A quiz file of a pack as a quiz: a translation with what its source alone says, where that stands beside it."""

import re
from pathlib import Path

from course.markup import yaml
from course.markup.findings import Findings
from course.markup.front_matter import split
from course.markup.source import decode
from course.quiz.compare import adopt_quiz
from course.quiz.grammar import parse_quiz
from course.quiz.model import Quiz
from course.quiz.rules import read_front


def read_quiz(path: Path, language: str, findings: Findings) -> Quiz | None:
    """The quiz at `path`; None after an error, which is in `findings`."""
    quiz = _read(path, language, findings)
    source = _source(path, language)
    if quiz is None or source is None or (english := _read(source[0], source[1], Findings())) is None:
        return quiz
    return adopt_quiz(english, quiz)


def _source(path: Path, language: str) -> tuple[Path, str] | None:
    """The file in the source language, as `course.yaml` names it, where there is one and this is not it."""
    settings = path.absolute().parents[2] / "lessons" / path.absolute().parent.name / "course.yaml"
    if not settings.is_file():
        return None
    named = re.search(r"([\w-]+): source", settings.read_text("utf-8", "replace"))
    if named is None or named[1] == language:
        return None
    source = path.with_name(path.name.replace(f".{language}.md", f".{named[1]}.md"))
    return (source, named[1]) if source.is_file() else None


def _read(path: Path, language: str, findings: Findings) -> Quiz | None:
    name = str(path)
    text = decode(path.read_bytes(), name, findings)
    if text is None:
        return None
    parts = split(text, name, findings)
    node = yaml.load(parts.yaml, name, findings, parts.yaml_line)
    front = read_front(node, findings, source=True) if node else None
    quiz = parse_quiz(parts.body, name, parts.body_line, language, front, findings) if front else None
    return None if findings.errors else quiz
