"""How far each translation has come, section by section: up to date, behind its source, missing, or nobody knows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from course.content.compile import compile_source
from course.content.gather import Text
from course.content.layout import Layout
from course.content.paths import classify
from course.content.units import TOP, split_units, starts_of
from course.markup.findings import Findings
from course.markup.front_matter import split

State = Literal["current", "behind", "missing", "unknown"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A section or question in one language.

    `unknown`: it is there, and its file does not say from what it was made. `made_from` and `now` are digests of the
    source: when the translation was made, and today. `line` is where it begins in the translation, from 1.
    """

    name: str
    state: State
    now: str
    made_from: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Translation:
    """A lesson or quiz in one language; `path` is where its file stands, or has to."""

    kind: Literal["lesson", "quiz"]
    id: str
    language: str
    path: str
    source: str
    units: tuple[Unit, ...]

    def having(self, state: State) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.state == state)


def translations(layout: Layout) -> Iterator[Translation]:
    """Every lesson and quiz in every language but the source, in reading order."""
    kinds: tuple[tuple[Literal["lesson", "quiz"], Mapping[str, Text[Any]], Mapping[str, Mapping[str, Text[Any]]]], ...]
    kinds = (
        ("lesson", layout.lessons, layout.sources.lessons),
        ("quiz", layout.quizzes, layout.sources.quizzes),
    )
    for language in layout.languages:
        for kind, order, files in kinds:
            for stem in order if language != layout.language else ():
                source, text = files[stem].get(layout.language), files[stem].get(language)
                path = f"{stem}.{language}.md"
                if source is not None and not source.head["spoilt"] and path not in layout.sources.unread:
                    units = tuple(compare(source.head, text.head if text else None))
                    yield Translation(kind, source.head["id"], language, path, source.path, units)


def compare(source: Any, translation: Any) -> Iterator[Unit]:
    """The state of each unit of a source, by the heads of both files; None where there is no translation."""
    here = {TOP: 1, **starts_of(translation)} if translation else {}
    record = translation["made_from"] if translation else {}
    for name, now in source["digests"].items():
        made = record.get(name, "")
        if name not in here:
            yield Unit(name, "missing", now)
        elif not made:
            yield Unit(name, "unknown", now, line=here[name])
        else:
            yield Unit(name, "current" if made == now else "behind", now, made, here[name])


def share(units: int, of: int) -> int:
    """A percentage, rounded down: all of it is said only of all of it."""
    return units * 100 // of if of else 100


def readable_units(path: str, data: bytes) -> dict[str, str]:
    """The text of each unit of a lesson's or quiz's bytes, `Top` with the title and objectives; none after errors."""
    source = classify(path)
    head = compile_source(path, source, data).head if source else None
    if head is None or not head["digests"]:
        return {}
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    units = split_units(text, starts_of(head), split(text, path, Findings()).body_line)
    front = [head["title"], *head.get("objectives", {}).values()]
    return {**units, TOP: "\n".join([*front, "", units[TOP]]).rstrip()}
