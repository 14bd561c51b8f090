"""A course that tests write and edit in a line: modules, lessons, quizzes, and what becomes of their ids."""

from dataclasses import dataclass, field
from typing import Self

from course.content.pack import Pack

LESSON = """\
---
id: {id}
title: {title}
minutes: {minutes}
objectives: {{{id}-aim: know {id}}}
{more}---

{text}

## A section {{#{part}}}

More words.

### Is it so? {{#{id}-check type=truefalse}}

= true

> Indeed it is.
"""
QUIZ = """\
---
id: {id}
title: {title}
{rules}---
{questions}"""
QUESTION = """
## {words} {{#{id} type=truefalse{more}}}

= true

> As the lesson says.
"""


@dataclass
class Draft:
    """`modules` maps a module's id to its lessons', `quizzes` to its quiz's; `questions` a quiz's to its questions'.

    `was` maps an id to the one it had before; `retired` are ids let go; `texts` what lessons say; `parts` the ids of
    their sections where they are not `<lesson>-part`; `final` is a quiz.
    """

    course: str = "demo"
    modules: dict[str, list[str]] = field(default_factory=lambda: {"first": ["one", "two"], "second": ["three"]})
    quizzes: dict[str, str] = field(default_factory=lambda: {"first": "basics"})
    questions: dict[str, list[str]] = field(default_factory=dict)
    final: str = ""
    was: dict[str, str] = field(default_factory=dict)
    retired: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    access: str = "open"
    requires: dict[str, list[str]] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    """What a quiz's front matter says besides its pass mark, in lines."""
    languages: tuple[str, ...] = ("en",)

    def pack(self) -> Pack:
        return Pack(self.course, {path: text.encode() for path, text in self.files().items()})

    def files(self) -> dict[str, str]:
        files = {f"lessons/{self.course}/course.yaml": self._settings()}
        for number, (module, lessons) in enumerate(self.modules.items(), 1):
            folder = f"lessons/{self.course}/{number}-{module}"
            files[f"{folder}/module.yaml"] = self._module(module)
            for place, lesson in enumerate(lessons, 1):
                for language in self.languages:
                    files[f"{folder}/{place}-{lesson}.{language}.md"] = self._lesson(lesson, language)
        for number, quiz in enumerate([*self.quizzes.values(), *([self.final] if self.final else [])], 1):
            for language in self.languages:
                files[f"quizzes/{self.course}/{number}-{quiz}.{language}.md"] = self._quiz(quiz, language)
        return files

    def without(self, lesson: str) -> Self:
        for lessons in self.modules.values():
            if lesson in lessons:
                lessons.remove(lesson)
        return self

    def _settings(self) -> str:
        others = "".join(f", {language}: complete" for language in self.languages[1:])
        lines = [
            f"id: {self.course}",
            f"title: {{{self._titles('A course of tests')}}}",
            f"languages: {{{self.languages[0]}: source{others}}}",
            f"access: {self.access}",
            *([f"quiz: {self.final}"] if self.final else []),
            *([f"renamed-from: {self.was[self.course]}"] if self.course in self.was else []),
            f"retired: [{', '.join(self.retired)}]",
        ]
        return "\n".join(lines) + "\n"

    def _module(self, module: str) -> str:
        quiz = f"quiz: {self.quizzes[module]}\n" if module in self.quizzes else ""
        requires = f"requires: [{', '.join(self.requires[module])}]\n" if module in self.requires else ""
        return f"id: {module}\ntitle: {{{self._titles('Module ' + module)}}}\n{quiz}{requires}{self._was(module)}"

    def _lesson(self, lesson: str, language: str) -> str:
        return LESSON.format(
            id=lesson,
            title=f"Lesson {lesson} ({language})",
            minutes=3,
            more=self._was(lesson) if language == self.languages[0] else "",
            text=self.texts.get(lesson, f"Words of {lesson}."),
            part=self.parts.get(lesson, f"{lesson}-part"),
        )

    def _quiz(self, quiz: str, language: str) -> str:
        names = self.questions.get(quiz, [f"{quiz}-q1", f"{quiz}-q2"])
        questions = "".join(
            QUESTION.format(
                id=name, words=f"Is {name} so?", more=f" renamed-from={self.was[name]}" if name in self.was else ""
            )
            for name in names
        )
        rules = f"pass: 50%\n{self.rules.get(quiz, '')}{self._was(quiz)}" if language == self.languages[0] else ""
        return QUIZ.format(id=quiz, title=f"Quiz {quiz} ({language})", rules=rules, questions=questions)

    def _titles(self, words: str) -> str:
        return ", ".join(f"{language}: {words}" for language in self.languages)

    def _was(self, name: str) -> str:
        return f"renamed-from: {self.was[name]}\n" if name in self.was else ""
