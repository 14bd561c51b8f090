"""What a pack compiles to. An `Outline` is small and held in memory; bodies are loaded one by one.

Texts that exist per language are mappings from language tag to text. Ids are the same in all languages.
"""

from dataclasses import dataclass, field
from typing import Literal

from course.quiz.model import Html, Question, Rules

Completeness = Literal["source", "complete", "partial"]
Access = Literal["open", "enrolled", "edition"]
Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a language of a lesson or quiz: its path in the pack and the SHA-256 (hex) of its bytes."""

    path: str
    hash: str


@dataclass(frozen=True, slots=True)
class SectionOutline:
    """`behind` are the languages whose translation was made from an older state of the source."""

    id: str
    titles: Texts
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionOutline:
    """What the source language says of a question, and what holds in all languages.

    `names` are ids that it had before (`renamed-from`). `type` is "" in outlines from before it was kept.
    """

    points: int = 1
    objective: str | None = None
    shuffle: bool = True
    names: tuple[str, ...] = ()
    type: str = ""


@dataclass(frozen=True, slots=True)
class LessonOutline:
    """`sources` has one entry for each language in which the lesson exists. `asked` has a key per question."""

    id: str
    titles: Texts
    minutes: int
    sections: tuple[SectionOutline, ...]
    sources: dict[str, Source]
    questions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Ids that this lesson had before (`renamed-from`)."""
    objectives: tuple[str, ...] = ()
    asked: dict[str, QuestionOutline] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuizOutline:
    """`points` maps each question's id to its points, in the order of the source file."""

    id: str
    titles: Texts
    rules: Rules
    points: dict[str, int]
    sources: dict[str, Source]
    names: tuple[str, ...] = ()
    asked: dict[str, QuestionOutline] = field(default_factory=dict)

    @property
    def is_assignment(self) -> bool:
        """Whether there is nothing in it but to write, so that nobody would call it a quiz."""
        return bool(self.asked) and all(question.type == "written" for question in self.asked.values())


@dataclass(frozen=True, slots=True)
class ModuleOutline:
    id: str
    titles: Texts
    lessons: tuple[LessonOutline, ...]
    quiz: str | None
    requires: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture or attachment, named by the SHA-256 of its bytes. Sizes in pixels, where it is a picture."""

    hash: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term in one language. `forms` are the words that link to it, the term itself first."""

    id: str
    term: str
    definition: Html
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompletionRule:
    """What has to be done for the course to be complete: ids of lessons and of quizzes."""

    lessons: tuple[str, ...]
    quizzes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A course as a whole, without the bodies of its lessons and quizzes.

    `languages` maps a tag to how complete it is; exactly one is the source. `quiz` stands after the last module.
    `assets` maps a path in the pack to the picture or attachment there. `retired` are ids that an author has
    declared gone: of modules, lessons and quizzes, and `quiz/question` or `lesson/question`.
    """

    id: str
    titles: Texts
    descriptions: Texts
    languages: dict[str, Completeness]
    access: Access
    modules: tuple[ModuleOutline, ...]
    quizzes: dict[str, QuizOutline]
    quiz: str | None
    complete_when: CompletionRule
    glossary: dict[str, tuple[Term, ...]]
    assets: dict[str, Asset]
    objectives: dict[str, Texts]
    names: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()

    @property
    def source_language(self) -> str:
        return next(tag for tag, state in self.languages.items() if state == "source")

    @property
    def lessons(self) -> tuple[LessonOutline, ...]:
        """All lessons, in the order in which they are read."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a lesson's page. `parts` alternates HTML and questions, in reading order. Lead: id "".

    `behind`: the source has changed since this was translated.
    """

    id: str
    title: Html
    parts: tuple[Html | Question, ...]
    behind: bool = False


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson in one language, linked: nothing in it depends on who reads it.

    `language` is the language the words are in; it differs from the one asked for where a partial translation
    falls back on the source. `notes` is the HTML of the footnotes; `text` the plain words, for search.
    """

    id: str
    language: str
    title: str
    minutes: int
    objectives: dict[str, str]
    sections: tuple[Section, ...]
    notes: Html
    terms: tuple[Term, ...] = ()
    text: str = field(default="", repr=False)
