"""The reverse of `grammar`: questions and quizzes as the Markdown that they are read from."""

import yaml

from course.markup.writing import blocks, line
from course.quiz import types, writing
from course.quiz.model import Html, Question


def write_quiz(name: str, title: str, intro: Html, questions: tuple[Question, ...]) -> str:
    """A quiz file: front matter without rules, introduction, questions."""
    front = yaml.safe_dump({"id": name, "title": title}, allow_unicode=True, sort_keys=False, width=10_000)
    parts = [f"---\n{front}---", *([blocks(intro)] if intro else []), *map(write_question, questions)]
    return "\n\n".join(parts) + "\n"


def write_question(question: Question) -> str:
    """A question of a quiz file; `grammar.parse_quiz` reads the same question from it, but for line numbers.

    The heading gets the attributes that the question has. Raises Unwritable for what no author can write.
    """
    named = "".join(f" {name}={_value(value)}" for name, value in question.attributes.items())
    parts = [
        [f"## {line(question.prompt)} {{#{question.id}{named}}}"],
        blocks(question.stem).split("\n"),
        types.of(question).write(question),
        writing.quote(question.feedback),
    ]
    return "\n\n".join("\n".join(part) for part in parts if any(part))


def _value(value: str) -> str:
    return f'"{value}"' if not value or any(char.isspace() for char in value) else value
