"""What the pages say about the difference between two states of a course."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from course.authoring import changes, checking, history, queries, sides, text
from course.authoring.changes import Change
from course.authoring.differences import Line, counted, differences
from course.authoring.pages import MOST_FINDINGS, common
from course.authoring.preview import Tried, preview
from course.authoring.queries import State
from course.authoring.rendered import marked
from course.authoring.sides import Stand
from course.catalogue import store
from course.catalogue.actions import revision_hash
from course.catalogue.models import Publication
from course.content.paths import classify
from course.db import db
from course.errors import NotFound
from course.people.queries import names

Context = dict[str, Any]
MOST_LINES = 2000
"""Of a difference that is shown at once."""
NOTHING_TRIED = Tried({})


@dataclass(frozen=True, slots=True)
class File:
    """A file that is other than it was. `lines` is empty for a picture or attachment; `cut`: there are more."""

    path: str
    language: str
    what: str
    new: int = 0
    gone: int = 0
    lines: Sequence[Line] = ()
    cut: bool = False


def draft(state: State, language: str) -> Context:
    """What the draft changes, and what keeps it from being published."""
    checked = checking.checked(state)
    now = sides.drafted(state, checked)
    base = db.session.get_one(Publication, state.draft.base_id) if state.draft else None
    found = changes.changes(sides.published(base), now, language) if base and now and not checked.errors else []
    return common(state, language) | {
        "changes": found,
        "attempts": _attempts(state, found),
        "files": _files(state.base, state.hashes, state.changed, _reader(state), _blobs(state.base)),
        "errors": checked.errors[:MOST_FINDINGS],
        "revision": revision_hash(state.hashes),
        "base": base,
    }


def publication(state: State, number: int, language: str) -> Context:
    """What a publication changed, against the one before it."""
    found = queries.publication(state.published.course_id, number)
    before = history.previous(found)
    new, old = sides.published(found), sides.published(before) if before else None
    said = changes.changes(old, new, language) if old else []
    paths = _differing(old.hashes, new.hashes) if old else []
    return common(state, language) | {
        "publication": found,
        "before": before,
        "name": names({found.by}).get(found.by, "") if found.by else "",
        "changes": said,
        "attempts": _attempts(state, said),
        "files": _files(old.hashes, new.hashes, paths, new.read, old.read) if old else [],
        "is_current": number == state.published.number,
    }


def publications(state: State, before: int | None, language: str) -> Context:
    """All publications, newest first."""
    found = history.page(state.published.course_id, before)
    people = names({one.by for one in found.publications if one.by is not None})
    return common(state, language) | {"page": found, "names": people}


def rendered(state: State, path: str, language: str) -> Context:
    """A file of the draft beside the one that is published: the page with what came and went marked, and the source."""
    source = classify(path)
    if source is None or path not in state.changed:
        raise NotFound
    old = store.blob(state.base[path]) if path in state.base else b""
    new = queries.body(state, path) if path in state.hashes else b""
    html = None
    if source.kind in ("lesson", "quiz", "glossary"):
        checked = checking.checked(state)
        before = preview(state, checking.checked(state, path, old), path, old, NOTHING_TRIED) if old else None
        after = preview(state, checked, path, new, NOTHING_TRIED) if new else None
        html = marked((before and before.html) or "", (after and after.html) or "")
    return common(state, language) | {
        "path": path,
        "source": source,
        "html": html,
        "lines": differences(text.shown(old), text.shown(new)),
    }


def _attempts(state: State, found: Sequence[Change]) -> dict[str, int]:
    """By question, as people's records call it: how many attempts stay on the revision they were begun on."""
    items = state.published.items
    counts: dict[str, int] = {}
    for change in found:
        quiz = items.get((change.kind, change.was or change.id))
        for asked in change.questions:
            question = items.get(("question", asked.item))
            if change.kind == "quiz" and quiz is not None and question is not None:
                counts[asked.item] = history.attempts_with(quiz, question)
    return counts


def _differing(old: Any, new: Any) -> list[str]:
    return sorted(path for path in {*old, *new} if old.get(path) != new.get(path))


def _reader(state: State) -> Any:
    return state.pack().files.__getitem__


def _blobs(hashes: Any) -> Any:
    return lambda path: store.blob(hashes[path])


def _files(old: Any, new: Any, paths: Sequence[str], read_new: Any, read_old: Any) -> list[File]:
    """Each differing file with its changed lines, as far as a page can hold them."""
    found, left = [], MOST_LINES
    for path in paths:
        source = classify(path)
        what = "new" if path not in old else "gone" if path not in new else "changed"
        if source is None or source.kind in ("picture", "attachment"):
            found.append(File(path, "", what))
            continue
        before = text.shown(read_old(path)) if path in old else ""
        after = text.shown(read_new(path)) if path in new else ""
        lines = differences(before, after)
        plus, minus = counted(lines)
        found.append(File(path, source.language, what, plus, minus, lines[:left], len(lines) > left))
        left = max(0, left - len(lines))
    return found


__all__ = ["Stand", "draft", "publication", "publications", "rendered"]
