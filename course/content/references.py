"""What a link or picture in a text points at: told from its target, the file it stands in, and what the pack has."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from course.content.model import Outline
from course.content.paths import classify

Thing = Literal["lesson", "quiz", "glossary", "asset"]
SCHEMES: tuple[Thing, ...] = ("lesson", "quiz", "glossary")


class Reference(NamedTuple):
    """`name` is the id of a lesson or quiz, or an asset's path; a glossary has none. `anchor` is what follows `#`.

    `language` is that of the file which was linked to, "" for a link by id.
    """

    thing: Thing
    name: str
    anchor: str = ""
    language: str = ""


class Broken(NamedTuple):
    """A target that points at nothing. `wanted` is what was looked for; `thing` what it should have been, if known."""

    wanted: str
    thing: Thing | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything in a pack that can be pointed at. `lessons` and `quizzes` map a path without language to an id."""

    lessons: Mapping[str, str] = field(default_factory=dict)
    quizzes: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, object] = field(default_factory=dict)

    def resolve(self, file: str, target: str) -> Reference | Broken:
        """What `target`, written in `file`, points at. Anchors are not looked at."""
        scheme, colon, rest = target.partition(":")
        name, _, anchor = (rest if colon else target).partition("#")
        for thing in SCHEMES:
            if colon and scheme == thing:
                return self._by_id(thing, name, anchor)
        if not name:
            return Broken(target)
        return self._by_path(posixpath.normpath(posixpath.join(posixpath.dirname(file), name)), anchor, target)

    def _by_id(self, thing: Thing, name: str, anchor: str) -> Reference | Broken:
        if thing == "glossary":
            return Reference("glossary", "", name)
        known = self.lessons if thing == "lesson" else self.quizzes
        return Reference(thing, name, anchor) if name in known.values() else Broken(name, thing)

    def _by_path(self, path: str, anchor: str, target: str) -> Reference | Broken:
        if path in self.assets:
            return Reference("asset", path, anchor)
        source = classify(path)
        if source is None:
            return Broken(target)
        if source.kind == "glossary":
            return Reference("glossary", "", anchor, source.language)
        if source.kind in ("picture", "attachment"):
            return Broken(path, "asset")
        if source.kind == "lesson" and source.stem in self.lessons:
            return Reference("lesson", self.lessons[source.stem], anchor, source.language)
        if source.kind == "quiz" and source.stem in self.quizzes:
            return Reference("quiz", self.quizzes[source.stem], anchor, source.language)
        return Broken(path, source.kind if source.kind in ("lesson", "quiz") else None)


def targets_of(outline: Outline) -> Targets:
    """What can be pointed at in a published course."""
    return Targets(
        {stem(source.path): lesson.id for lesson in outline.lessons for source in lesson.sources.values()},
        {stem(source.path): quiz.id for quiz in outline.quizzes.values() for source in quiz.sources.values()},
        outline.assets,
    )


def stem(path: str) -> str:
    """The path of a lesson or quiz without language and ending."""
    source = classify(path)
    return source.stem if source else path
