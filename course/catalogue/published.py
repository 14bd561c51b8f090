"""A revision of a course as the rooms above see it: its outline, and what its ids are called in people's records."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from course.content.model import LessonOutline, ModuleOutline, Outline, QuizOutline, Term
from course.errors import NotFound

GUIDE = "guide"


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """One revision, as publication `number` made it current. Nothing in it ever changes, so it serves as a key.

    `items` maps a kind and a name (`quiz/question` or `lesson/question` for questions) to the item's id in the
    database; names that an item had before are there too.
    """

    slug: str
    course_id: int
    revision_id: int
    revision: str
    number: int
    outline: Outline
    items: Mapping[tuple[str, str], int] = field(repr=False)
    names: Mapping[int, tuple[str, str]] = field(repr=False, default_factory=dict)
    """From an item's id to its kind and what it is called in this revision."""

    _lessons: Mapping[str, LessonOutline] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lessons", {lesson.id: lesson for lesson in self.outline.lessons})

    def __hash__(self) -> int:
        return hash(self.revision_id)

    def __eq__(self, other: object) -> bool:
        """The same revision, under the same name (which stands in the links of its pages)."""
        return isinstance(other, Published) and (self.revision_id, self.slug) == (other.revision_id, other.slug)

    @property
    def is_for_authors(self) -> bool:
        """Whether it is the course about writing courses, which ships with the engine."""
        return self.slug == GUIDE

    def item(self, kind: str, name: str) -> int:
        """The item's id. Raises NotFound where the course never had one of that name."""
        try:
            return self.items[kind, name]
        except KeyError:
            raise NotFound from None

    def lesson(self, lesson_id: str) -> LessonOutline:
        """Raises NotFound."""
        try:
            return self._lessons[lesson_id]
        except KeyError:
            raise NotFound from None

    def module(self, module_id: str) -> ModuleOutline:
        """Raises NotFound."""
        for module in self.outline.modules:
            if module.id == module_id:
                return module
        raise NotFound

    def quiz(self, quiz_id: str) -> QuizOutline:
        """Raises NotFound."""
        try:
            return self.outline.quizzes[quiz_id]
        except KeyError:
            raise NotFound from None

    def text(self, texts: Mapping[str, str], language: str) -> str:
        """The text in this language, else in the source language."""
        return texts.get(language) or texts.get(self.outline.source_language, "")


@dataclass(frozen=True, slots=True)
class Glossary:
    """A course's terms in one language, in alphabetical order."""

    language: str
    terms: tuple[Term, ...]
