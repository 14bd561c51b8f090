"""A translation beside its source, section by section: what to do in each, and the file that comes of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from course.authoring import queries
from course.authoring.differences import Line, differences
from course.authoring.files.earlier import earlier_units
from course.authoring.queries import State
from course.content.bringing import whole
from course.content.messages import Parts, parts
from course.content.paths import classify
from course.content.translations import Unit, compare, readable_units
from course.content.units import DIGEST, TOP, recorded
from course.errors import NotFound


@dataclass(frozen=True, slots=True)
class Section:
    """A section or question of both. `lines`: how the source has changed since it was translated, where that is known.

    `title` is the heading in the source; the beginning has none.
    """

    unit: Unit
    title: str
    source: str
    translation: str
    lines: list[Line]

    @property
    def is_top(self) -> bool:
        return self.unit.name == TOP


@dataclass(frozen=True, slots=True)
class Pair:
    """Both files taken apart; `base` is the hash of the translation's bytes."""

    path: str
    source_path: str
    source: Parts
    translation: Parts
    base: str


def pair(state: State, path: str) -> Pair:
    """The translation at `path` with its source. Raises NotFound where one of them is not there or cannot be read."""
    kind, language = classify(path), state.published.outline.source_language
    source_path = f"{kind.stem}.{language}.md" if kind else ""
    if path not in state.hashes or source_path not in state.hashes or source_path == path:
        raise NotFound
    source, translation = (parts(one, queries.body(state, one)) for one in (source_path, path))
    if source is None or translation is None:
        raise NotFound
    return Pair(path, source_path, source, translation, state.hashes[path])


def sections(state: State, both: Pair) -> Iterator[Section]:
    """The sections in the order of the source."""
    found = list(compare(both.source.head, both.translation.head))
    behind = {unit.made_from for unit in found if unit.state == "behind"}
    before = earlier_units(state.published.slug, both.source_path, behind)
    now = readable_units(both.source_path, both.source.text.encode()) if before else {}
    for unit in found:
        old = before.get(unit.made_from) if unit.state == "behind" else None
        yield Section(
            unit,
            _title(both.source, unit.name),
            both.source.units[unit.name],
            both.translation.units.get(unit.name, ""),
            differences(old, now[unit.name]) if old is not None else [],
        )


def _title(source: Parts, unit: str) -> str:
    """A section's heading; a question is known by its id."""
    titles = {section["id"]: section["title"] for section in source.head.get("sections", [])}
    return "" if unit == TOP else str(titles.get(unit) or unit)


def written(both: Pair, form: Mapping[str, str]) -> str:
    """The translation's text as the form has it. What is ticked was made from the source that the page showed."""
    title = " ".join(form.get("title", "").split()) or both.translation.title
    objectives = {
        name: " ".join(form.get(f"objective-{name}", "").split()) or both.translation.objectives.get(name, "")
        for name in both.source.objectives
    }
    units = {
        unit: form.get(f"text-{unit}", text).replace("\r\n", "\n").strip("\n")
        for unit, text in both.translation.units.items()
    }
    record = dict(both.translation.head["made_from"])
    for unit in both.source.units:
        shown = f"{unit}@{form.get(f'now-{unit}', '')}"
        if f"done-{unit}" in form and DIGEST.fullmatch(shown):
            record[unit] = form[f"now-{unit}"]
    made = whole(both.source, both.translation, title, objectives, units)
    ordered = {unit: record[unit] for unit in both.source.units if unit in record}
    return made if ordered == both.translation.head["made_from"] else recorded(made, ordered)
