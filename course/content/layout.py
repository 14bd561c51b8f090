"""How a pack's files make a course: modules in order, lessons in modules, quizzes where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from course.content.compiled import LessonHead, QuizHead, SettingsHead
from course.content.gather import Sources, Text
from course.content.model import Completeness
from course.content.paths import number
from course.markup.findings import Findings, Place


@dataclass(frozen=True, slots=True)
class Module:
    """A module's settings, and the paths without language of its lessons, in order."""

    settings: Text[SettingsHead]
    lessons: tuple[str, ...]

    @property
    def id(self) -> str:
        return str(self.settings.head["values"]["id"])


@dataclass(frozen=True, slots=True)
class Layout:
    """What the checks look at. Only what could be read is here; what could not has been found already.

    `lessons` and `quizzes` map a path without language to the file in the source language, in reading order.
    """

    sources: Sources
    course: Text[SettingsHead]
    languages: dict[str, Completeness]
    language: str
    modules: tuple[Module, ...]
    lessons: dict[str, Text[LessonHead]]
    quizzes: dict[str, Text[QuizHead]]

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
    lessons = {stem: texts[source[0]] for stem, texts in sources.lessons.items() if source[0] in texts}
    quizzes = {stem: texts[source[0]] for stem, texts in sources.quizzes.items() if source[0] in texts}
    modules = _modules(sources, lessons)
    return Layout(
        sources,
        course,
        languages,
        source[0],
        modules,
        {stem: lessons[stem] for module in modules for stem in module.lessons},
        {stem: quizzes[stem] for stem in sorted(quizzes, key=number)},
    )


def _modules(sources: Sources, lessons: dict[str, Text[LessonHead]]) -> tuple[Module, ...]:
    inside: dict[str, list[str]] = {folder: [] for folder in sources.modules}
    for stem in lessons:
        inside.setdefault(stem.rpartition("/")[0], []).append(stem)
    modules = []
    for folder in sorted(inside, key=lambda folder: (number(folder), folder)):
        stems = sorted(inside[folder], key=lambda stem: (number(stem), stem))
        _same_number(stems, sources.findings)
        if folder in sources.modules:
            modules.append(Module(sources.modules[folder], tuple(stems)))
        elif f"{folder}/module.yaml" not in sources.unread:
            message = "this folder has lessons and no `module.yaml`"
            place = Place(f"{folder}/module.yaml")
            sources.findings.error(place, "missing-file", message, "write one, with id and title")
    _same_number([module.settings.path.rpartition("/")[0] for module in modules], sources.findings)
    return tuple(modules)


def _same_number(paths: list[str], findings: Findings) -> None:
    """Two things with one number have no order."""
    for before, path in pairwise(paths):
        if number(before) == number(path):
            message = f"`{before.rpartition('/')[2]}` has the same number"
            findings.error(Place(path), "equal-numbers", message, "give each its own: the number is the order")
