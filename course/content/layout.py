"""How a pack's files make a course: modules in order, lessons in modules, quizzes where they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, TypeVar

from course.content.compiled import LessonHead, QuizHead, SettingsHead
from course.content.gather import Sources, Text
from course.content.model import Completeness
from course.content.paths import classify, number
from course.markup.findings import Findings, Place


@dataclass(frozen=True, slots=True)
class Module:
    """A module's settings, and the paths without language of its lessons, in order."""

    settings: Text[SettingsHead]
    lessons: tuple[str, ...]

    @property
    def id(self) -> str:
        return str(self.settings.head["values"]["id"])


Unsure = Literal["module", "lesson", "quiz", "objective", "question"]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the checks look at. Only what could be read is here; what could not has been found already.

    `lessons` and `quizzes` map a path without language to the file in the source language, in reading order; where
    that cannot be read, to a translation, for its ids. `unsure` says of what not even all ids are known.
    """

    sources: Sources
    course: Text[SettingsHead]
    languages: dict[str, Completeness]
    language: str
    modules: tuple[Module, ...]
    lessons: dict[str, Text[LessonHead]]
    quizzes: dict[str, Text[QuizHead]]
    unsure: frozenset[Unsure]

    @property
    def findings(self) -> Findings:
        return self.sources.findings

    def texts(self) -> Iterator[Text[LessonHead] | Text[QuizHead]]:
        """All lessons and quizzes in the source language."""
        yield from self.lessons.values()
        yield from self.quizzes.values()

    @property
    def settings(self) -> dict[str, Any]:
        """The values of `course.yaml`."""
        return self.course.head["values"]

    def at(self, *path: str | int) -> Place:
        """The place of a value in `course.yaml`."""
        return place_of(self.course, *path)


def place_of(settings: Text[SettingsHead], *path: str | int) -> Place:
    """The place of a value in a settings file, or of the nearest one around it."""
    places = settings.head["places"]
    while path and ".".join(map(str, path)) not in places:
        path = path[:-1]
    return settings.at(places.get(".".join(map(str, path))))


def lay_out(sources: Sources) -> Layout | None:
    """Put the files in order; None after an error in `course.yaml` that leaves nothing to check against."""
    course = sources.course
    if course is None:
        path = sources.path("course.yaml")
        if path not in sources.unread:
            message = f"the course `{sources.pack.course}` has no `course.yaml`"
            sources.findings.error(Place(path), "missing-file", message, "write one, with id, title and languages")
        return None
    languages: dict[str, Completeness] = course.head["values"]["languages"]
    source = [tag for tag, state in languages.items() if state == "source"]
    if len(source) != 1:
        message = f"{' and '.join(source)} are the source" if source else "no language is the source"
        remedy = "exactly one is, as in `languages: {en: source, fr: complete}`"
        sources.findings.error(place_of(course, "languages"), "source-language", message, remedy)
        return None
    lessons = _first(sources.lessons, source[0])
    quizzes = _first(sources.quizzes, source[0])
    return Layout(
        sources,
        course,
        languages,
        source[0],
        _modules(sources, lessons),
        lessons,
        quizzes,
        frozenset(_unsure(sources, lessons, quizzes)),
    )


Head = TypeVar("Head")


def _first(texts: Mapping[str, Mapping[str, Text[Head]]], language: str) -> dict[str, Text[Head]]:
    """Each lesson's or quiz's file in this language, else in another, in the order of numbers."""
    order = sorted(texts, key=lambda stem: (_number_of_folder(stem), number(stem), stem))
    return {stem: texts[stem].get(language) or next(iter(texts[stem].values())) for stem in order}


def _number_of_folder(stem: str) -> int:
    folder = stem.rpartition("/")[0]
    return number(folder) if folder.count("/") == 2 else 0


def _unsure(
    sources: Sources, lessons: dict[str, Text[LessonHead]], quizzes: dict[str, Text[QuizHead]]
) -> Iterator[Unsure]:
    """Of what something may be missing only because a file cannot be read. The reason has been found already."""
    for path in sources.unread:
        found = classify(path)
        if found and found.kind == "module":
            yield "module"
        elif found and found.kind in ("lesson", "quiz"):
            yield "question"
            if found.stem not in lessons and found.stem not in quizzes:
                yield found.kind
                yield "objective"
    if any(stem.rpartition("/")[0] not in sources.modules for stem in lessons):
        yield "module"
    if any(text.head["spoilt"] for text in lessons.values()) or any(text.head["spoilt"] for text in quizzes.values()):
        yield "question"
        yield "objective"


def _modules(sources: Sources, lessons: dict[str, Text[LessonHead]]) -> tuple[Module, ...]:
    inside: dict[str, list[str]] = {folder: [] for folder in sources.modules}
    for stem in lessons:
        inside.setdefault(stem.rpartition("/")[0], []).append(stem)
    modules = []
    for folder in sorted(inside, key=lambda folder: (number(folder), folder)):
        stems = inside[folder]
        _same_number({stem: Place(lessons[stem].path) for stem in stems}, sources.findings)
        if folder in sources.modules:
            modules.append(Module(sources.modules[folder], tuple(stems)))
        elif f"{folder}/module.yaml" not in sources.unread:
            message = "this folder has lessons and no `module.yaml`"
            place = Place(f"{folder}/module.yaml")
            sources.findings.error(place, "missing-file", message, "write one, with id and title")
    _same_number({folder: Place(f"{folder}/module.yaml") for folder in inside}, sources.findings)
    return tuple(modules)


def _same_number(paths: Mapping[str, Place], findings: Findings) -> None:
    """Two things with one number have no order."""
    for before, path in pairwise(sorted(paths, key=number)):
        if number(before) == number(path):
            message = f"`{before.rpartition('/')[2]}` has the same number"
            findings.error(paths[path], "equal-numbers", message, "give each its own: the number is the order")
