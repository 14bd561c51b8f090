"""What the workshop's pages show, gathered for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from course.authoring import checking, numbers, queries, text
from course.authoring.actions import digest
from course.authoring.checking import Checked
from course.authoring.differences import Line, differences
from course.authoring.preview import Tried, preview
from course.authoring.queries import State
from course.authoring.tree import Tree, tree
from course.content.merge import merge
from course.content.paths import SourcePath, classify
from course.errors import NotFound
from course.markup.findings import Finding
from course.people.queries import names

Context = dict[str, Any]
MOST_FINDINGS = 100
"""Shown at once on a page."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding, with the line that it means."""

    finding: Finding
    line: str

    @property
    def is_error(self) -> bool:
        return self.finding.severity == "error"


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file in its form. `base`: the hash of what it was made from, "" where there was no file.

    `kept_at` is the moment of a working copy that was taken up, None where this is what the draft has.
    """

    text: str
    base: str
    kept_at: int | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """What two people wrote in one file, as one text with `conflicts` places where they disagree.

    `name` saved first, and changed `theirs`; `mine` is what the other one sent. `gone`: it was taken out.
    """

    text: Text
    conflicts: int
    name: str
    theirs: list[Line]
    mine: str
    gone: bool


def overview(state: State, person: int, language: str) -> Context:
    """The course as a tree."""
    checked = checking.checked(state)
    mine = queries.working_copies(person, state.published.course_id)
    return common(state, language) | {
        "tree": tree(state, checked, mine, language),
        "errors": len(checked.errors),
        "warnings": len(checked.findings) - len(checked.errors),
        "findings": _grouped(checked.findings[:MOST_FINDINGS]),
        "last": _last(state),
    }


def file(state: State, path: str, given: Text, person: int, language: str, tried: Tried) -> Context:
    """One file: its text, what is to be mended in it, and the page that it makes."""
    source = known(state, path)
    data = text.written(given.text, queries.body(state, path) if path in state.hashes else None)
    checked = checking.checked(state, path, data)
    shown = preview(state, checked, path, data, tried)
    mine = queries.working_copies(person, state.published.course_id)
    return common(state, language) | {
        "path": path,
        "source": source,
        "given": given,
        "exists": path in state.hashes,
        "changed": path in state.changed,
        "version": state.latest.get(path),
        "by": names({state.latest[path].by}) if path in state.latest else {},
        "remarks": remarks(checked, path, given.text),
        "elsewhere": sum(finding.place.file != path for finding in checked.errors),
        "preview": shown,
        "tried": tried,
        "beside": _beside(tree(state, checked, mine, language), path),
        "title": shown.title or _name(path),
    }


def with_numbers(state: State, path: str, data: bytes) -> Context:
    """What learners answered to the questions of a quiz's file; it does not change while one types."""
    source = classify(path)
    if source is None or source.kind != "quiz":
        return {"numbers": (), "quiz_id": ""}
    head = checking.compiled(path, data).head
    return {"numbers": numbers.of_quiz(state, head), "quiz_id": head["id"] if head else ""}


def common(state: State, language: str) -> Context:
    """What every page of the workshop says."""
    published = state.published
    return {
        "course": published.slug,
        "course_title": published.text(published.outline.titles, language),
        "languages": list(published.outline.languages),
        "state": state,
    }


def known(state: State, path: str) -> SourcePath:
    """What the file is, whether it is there or could be. Raises NotFound for one that no course has."""
    source = classify(path)
    if source is None or not state.holds(path) or source.kind in ("picture", "attachment"):
        raise NotFound
    if path not in state.hashes and source.kind not in ("lesson", "quiz", "glossary", "module"):
        raise NotFound
    return source


def opened(state: State, path: str, person: int) -> Text:
    """The text to go on with: what the person was writing, else what the draft has, else words to begin with."""
    source = known(state, path)
    there = queries.body(state, path) if path in state.hashes else None
    copy = queries.working_copy(person, state.published.course_id, path)
    if copy is not None:
        return Text(copy.text, copy.base, copy.at)
    if there is not None:
        return Text(text.shown(there), digest(there))
    model = f"{source.stem}.{state.published.outline.source_language}.md"
    return Text(text.shown(queries.body(state, model)) if model in state.hashes else "", "")


def joined(state: State, path: str, given: Text, theirs: bytes | None) -> Joined:
    """Somebody's text, and what somebody else saved since they opened it, merged."""
    version = state.latest.get(path)
    name = names({version.by}).get(version.by, "") if version else ""
    if theirs is None:
        return Joined(Text(given.text, ""), 0, name, [], given.text, gone=True)
    origin = queries.earlier(state.published.course_id, path, given.base) if given.base else None
    before, after = text.shown(origin or b""), text.shown(theirs)
    merged = merge(before, given.text, after, _("your text"), name or _("the other text"))
    put = Text(merged.text, digest(theirs))
    return Joined(put, merged.conflicts, name, differences(before, after), given.text, gone=False)


def remarks(checked: Checked, path: str, written: str) -> list[Remark]:
    """What is to be mended in a file, each with its line."""
    lines = text.lines(written).split("\n")
    return [
        Remark(finding, lines[finding.place.line - 1].strip() if finding.place.line <= len(lines) else "")
        for finding in checked.of(path)[:MOST_FINDINGS]
    ]


def _grouped(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.place.file, []).append(finding)
    return found


def _beside(found: Tree, path: str) -> Context:
    """The same in other languages, and what stands before and after it."""
    branches = list(found.branches)
    for place, branch in enumerate(branches):
        for leaf in branch.leaves:
            if leaf.path == path:
                return {
                    "branch": branch,
                    "before": _same(branches[place - 1], leaf.language) if place else None,
                    "after": _same(branches[place + 1], leaf.language) if place + 1 < len(branches) else None,
                }
    return {"branch": None, "before": None, "after": None}


def _same(branch: Any, language: str) -> tuple[str, str] | None:
    leaf = next((leaf for leaf in branch.leaves if leaf.language == language and leaf.exists), None)
    return (branch.title, leaf.path) if leaf else None


def _last(state: State) -> tuple[str, int] | None:
    """Who saved something in the draft last, and when."""
    if not state.changed:
        return None
    newest = max((state.latest[path] for path in state.changed), key=lambda version: version.at)
    return names({newest.by}).get(newest.by, ""), newest.at


def _name(path: str) -> str:
    return path.split("/", 2)[2]
