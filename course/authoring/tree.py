"""A course as a tree of files: what there is, what could be there, and what somebody has changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from course.authoring.checking import Checked
from course.authoring.queries import State
from course.content.gather import Text
from course.content.paths import classify, number


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file. `language` is "" where it has none. `exists`: else it could be written. `mine`: unsaved words of mine."""

    path: str
    language: str
    exists: bool
    changed: bool
    errors: int
    warnings: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """A lesson, quiz, glossary or module's settings in all its languages. `stem`: the path without language."""

    kind: str
    stem: str
    id: str
    title: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Module:
    """A module's folder, its settings and its lessons."""

    folder: str
    id: str
    title: str
    settings: Leaf
    lessons: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """`assets` are pictures and attachments."""

    settings: Leaf
    modules: tuple[Module, ...]
    quizzes: tuple[Branch, ...]
    glossary: Branch
    assets: tuple[Leaf, ...]
    languages: tuple[str, ...]
    source: str

    @property
    def branches(self) -> Iterable[Branch]:
        for module in self.modules:
            yield from module.lessons
        yield from self.quizzes
        yield self.glossary


def tree(state: State, checked: Checked, mine: Mapping[str, object], language: str) -> Tree:
    """The tree, its titles in `language` where they have one. `mine` has the paths where I have unsaved words."""
    return _Planter(state, checked, mine, language).tree()


class _Planter:
    def __init__(self, state: State, checked: Checked, mine: Mapping[str, object], language: str) -> None:
        self.state, self.checked, self.mine, self.language = state, checked, mine, language
        course = checked.sources.course
        states: Mapping[str, str] = course.head["values"]["languages"] if course else state.published.outline.languages
        self.source = next((tag for tag, what in states.items() if what == "source"), next(iter(states), "en"))
        self.languages = (self.source, *(tag for tag in states if tag != self.source))
        self.counts: dict[tuple[str, str], int] = {}
        for finding in checked.findings:
            place = (finding.place.file, finding.severity)
            self.counts[place] = self.counts.get(place, 0) + 1

    def tree(self) -> Tree:
        paths = [*self.state.hashes, *(path for path in self.mine if path not in self.state.hashes)]
        sorts = [(path, source) for path in paths if (source := classify(path))]
        lessons = {source.stem for _, source in sorts if source.kind == "lesson"}
        quizzes = {source.stem for _, source in sorts if source.kind == "quiz"}
        folders = {stem.rpartition("/")[0] for stem in lessons}
        folders |= {path.rpartition("/")[0] for path, source in sorts if source.kind == "module"}
        heads = self.checked.sources
        return Tree(
            settings=self._leaf(f"lessons/{self.state.folder}/course.yaml"),
            modules=tuple(self._module(folder, lessons) for folder in sorted(folders, key=_order)),
            quizzes=tuple(
                self._branch("quiz", stem, heads.quizzes.get(stem, {})) for stem in sorted(quizzes, key=_order)
            ),
            glossary=self._branch("glossary", f"lessons/{self.state.folder}/glossary", {}),
            assets=tuple(
                self._leaf(path) for path, source in sorted(sorts) if source.kind in ("picture", "attachment")
            ),
            languages=self.languages,
            source=self.source,
        )

    def _module(self, folder: str, stems: set[str]) -> Module:
        settings = self.checked.sources.modules.get(folder)
        values: Mapping[str, Any] = settings.head["values"] if settings else {}
        inside = sorted((stem for stem in stems if stem.rpartition("/")[0] == folder), key=_order)
        found = self.checked.sources.lessons
        return Module(
            folder=folder,
            id=values.get("id", ""),
            title=self._text(values.get("title", {})) or folder.rpartition("/")[2],
            settings=self._leaf(f"{folder}/module.yaml"),
            lessons=tuple(self._branch("lesson", stem, found.get(stem, {})) for stem in inside),
        )

    def _branch(self, kind: str, stem: str, texts: Mapping[str, Text[Any]]) -> Branch:
        known = texts.get(self.language) or texts.get(self.source) or next(iter(texts.values()), None)
        others = sorted({*texts} - {*self.languages})
        return Branch(
            kind=kind,
            stem=stem,
            id=known.head["id"] if known else "",
            title=(known.head["title"] if known else "") or stem.rpartition("/")[2],
            leaves=tuple(self._leaf(f"{stem}.{tag}.md", tag) for tag in (*self.languages, *others)),
        )

    def _leaf(self, path: str, language: str = "") -> Leaf:
        return Leaf(
            path=path,
            language=language,
            exists=path in self.state.hashes,
            changed=path in self.state.changed,
            errors=self.counts.get((path, "error"), 0),
            warnings=self.counts.get((path, "warning"), 0),
            mine=path in self.mine,
        )

    def _text(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.language) or texts.get(self.source, "")


def _order(path: str) -> tuple[int, str]:
    return number(path), path
