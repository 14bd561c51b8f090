"""What is published from the browser, and what was published before: going on to it, and back to it. Never commits."""

from flask_babel import gettext as _

from course.authoring import actions, queries, text
from course.authoring.queries import State
from course.catalogue import actions as catalogue
from course.catalogue import store
from course.catalogue.actions import Prepared
from course.catalogue.models import Publication
from course.content.merge import merge
from course.content.pack import Pack
from course.content.paths import classify
from course.db import db
from course.errors import Conflict

LONGEST_NOTE = 500


def publish(prepared: Prepared, slug: str, *, by: int, note: str, at: int) -> Publication | None:
    """Publish what was prepared of the draft, unless something was saved or published since. Raises Conflict."""
    state = actions.locked(slug)
    if state.draft is None or catalogue.revision_hash(state.hashes) != prepared.revision:
        raise Conflict(_("Somebody has saved or published something meanwhile. Look at the changes again."))
    if state.is_behind:
        raise Conflict(_("Something else was published since the draft began. Bring the draft up to date first."))
    made = catalogue.put(prepared, by=by, note=note, origin="browser")
    state.draft.ended = at
    state.draft.became_id = made.id if made else None
    db.session.flush()
    return made


def restore(prepared: Prepared, slug: str, *, by: int, note: str) -> Publication | None:
    """Make an earlier state current again, as a new publication. Raises Conflict where there is a draft."""
    if actions.locked(slug).changed:
        raise _draft_is_there()
    return catalogue.put(prepared, by=by, note=note, origin="browser")


def put_back(slug: str, publication: Publication, *, by: int, at: int) -> None:
    """Put an earlier state into the draft, where it cannot be published as it is. Raises Conflict."""
    state = actions.locked(slug)
    if state.changed:
        raise _draft_is_there()
    files = store.files_of(publication.revision_id)
    wanted = {path: digest for path, digest in files.hashes.items() if state.hashes.get(path) != digest}
    gone: dict[str, bytes | None] = {path: None for path in state.hashes if path not in files}
    actions.put(state, gone | {path: files[path] for path in wanted}, by, at)


def pack_of(publication: Publication, folder: str) -> Pack:
    """A published state as it can be prepared again."""
    files = store.files_of(publication.revision_id)
    return Pack(folder, files, files.hashes)


def bring_up_to_date(slug: str, by: int, at: int) -> int:
    """Put the draft's changes on top of what was published since. In how many files both disagree, marked there."""
    state = actions.locked(slug)
    if state.draft is None or not state.is_behind:
        return 0
    current = State(state.published, state.current_id, None, store.files_of(state.published.revision_id).hashes)
    files: dict[str, bytes | None] = {}
    disagree = 0
    for path in state.changed:
        files[path], conflicts = _merged(state, current, path)
        disagree += conflicts
    state.draft.ended = at
    db.session.flush()
    actions.put(current, files, by, at)
    return disagree


def _merged(state: State, current: State, path: str) -> tuple[bytes | None, int]:
    """A file of the draft with what was published since, and 1 where the two disagree in it."""
    ours = queries.body(state, path) if path in state.hashes else None
    theirs = queries.body(current, path) if path in current.hashes else None
    if current.hashes.get(path) == state.base.get(path) or ours == theirs:
        return ours, 0
    if ours is None or theirs is None:  # one took out what the other changed: what was written stays
        return ours or theirs, 0
    source = classify(path)
    if source is None or source.kind in ("picture", "attachment"):
        return ours, 0
    origin = store.blob(state.base[path]) if path in state.base else b""
    merged = merge(text.shown(origin), text.shown(ours), text.shown(theirs), _("the draft"), _("what was published"))
    return text.written(merged.text, ours), int(merged.conflicts > 0)


def _draft_is_there() -> Conflict:
    return Conflict(_("The draft has changes. Publish them, or throw them away, before you go back."))
