"""A file of the draft: its text, its preview, what is to be mended in it."""

from flask import Response, jsonify, make_response, request
from flask_babel import gettext as _

from course import clock
from course.authoring import actions, pages, queries, text, uploads
from course.authoring.actions import Clash
from course.authoring.preview import Tried
from course.authoring.queries import State
from course.authoring.views.blueprint import blueprint
from course.errors import Invalid
from course.results import words
from course.results.words import when
from course.web.access import allow, signed_in_viewer, trainer
from course.web.app import only_reads
from course.web.errors import sentence
from course.web.language import path_language
from course.web.pages import notice, page, see_other

FILE = "/files/<path:path>"
NOTHING_TRIED = Tried({})


@blueprint.get(FILE)
@allow(trainer)
def file(course: str, path: str) -> str:
    """The text of a file, and the page that it makes. What somebody was writing is still there for them."""
    state = queries.state(course)
    return _page(state, path, pages.opened(state, path, signed_in_viewer()))


@blueprint.post("/preview/<path:path>")
@allow(trainer)
@only_reads
def preview(course: str, path: str) -> Response:
    """The page that a text makes, without saving it. With `part=1`, the preview and the findings alone."""
    state = queries.state(course)
    form = request.form
    tried = Tried(form.to_dict(flat=False), form.get("check", ""), form.get("answers") == "1")
    return make_response(_page(state, path, _given(), tried, part=form.get("part") == "1"))


@blueprint.post(FILE)
@allow(trainer)
def save(course: str, path: str) -> Response:
    """Save the text to the draft; where somebody else did so meanwhile, both texts are shown."""
    state, given, by = queries.state(course), _given(), signed_in_viewer()
    pages.known(state, path)
    before = queries.body(state, path) if path in state.hashes else None
    try:
        changed = actions.save(course, path, text.written(given.text, before), given.base, by, clock.now())
    except Clash as clash:
        actions.keep(course, path, given.text, given.base, by, clock.now())
        return make_response(_joined(queries.state(course), path, given, clash), 409)
    if changed:
        notice(_("Saved in the draft. Learners see it when the course is published."))
    else:
        notice(_("Nothing has changed: the draft has these words already."))
    return see_other("authoring.file", course=course, path=path)


@blueprint.post("/working-copies/<path:path>")
@allow(trainer)
def keep(course: str, path: str) -> Response:
    """Keep what is being written, for this person alone. With `forget=1`, drop it."""
    by = signed_in_viewer()
    if request.form.get("forget") == "1":
        actions.forget(by, queries.state(course).published.course_id, path)
        notice(_("Your unsaved words were dropped."))
        return see_other("authoring.file", course=course, path=path)
    given = _given()
    actions.keep(course, path, given.text, given.base, by, clock.now())
    return make_response("", 204)


@blueprint.post("/uploads/<path:path>")
@allow(trainer)
def upload(course: str, path: str) -> Response:
    """Put a picture or attachment into the draft, beside a file, and its Markdown at the end of the text there.

    With `part=1` the Markdown is the reply: the page puts it where it was dropped.
    """
    state, given, by, now = queries.state(course), _given(), signed_in_viewer(), clock.now()
    pages.known(state, path)
    sent = request.files.get("file")
    data = sent.read() if sent else b""
    part = request.form.get("part") == "1"
    try:
        same = actions.digest(data)
        taken = [one for one, digest in state.hashes.items() if digest != same]
        found = uploads.accepted(path, (sent.filename if sent else "") or "", data, taken)
    except Invalid as refused:
        if part:
            return make_response(jsonify(message=sentence(refused)), 422)
        actions.keep(course, path, given.text, given.base, by, now)
        notice(sentence(refused))
        return see_other("authoring.file", course=course, path=path)
    if found.path not in state.hashes:
        actions.save(course, found.path, data, "", by, now)
    markdown = found.markdown(request.form.get("alt", ""))
    if part:
        return jsonify(markdown=markdown, picture=found.is_picture)
    actions.keep(course, path, f"{given.text.rstrip()}\n\n{markdown}\n", given.base, by, now)
    said = _(
        "%(name)s is in the draft. Its line stands at the end of the text: move it where it belongs, then save.",
        name=found.name,
    )
    notice(said)
    return see_other("authoring.file", course=course, path=path)


def _joined(state: State, path: str, given: pages.Text, clash: Clash) -> str:
    """Both texts as one, to be looked at and saved."""
    joined = pages.joined(state, path, given, clash.theirs)
    return _page(state, path, joined.text, clash=joined)


def _given() -> pages.Text:
    return pages.Text(text.lines(request.form.get("text", "")), request.form.get("base", ""))


def _page(
    state: State,
    path: str,
    given: pages.Text,
    tried: Tried = NOTHING_TRIED,
    part: bool = False,
    clash: pages.Joined | None = None,
) -> str:
    context = pages.file(state, path, given, signed_in_viewer(), path_language(), tried)
    if part:
        return page("authoring/_seen.html", **context)
    context |= pages.with_numbers(state, path, given.text.encode())
    return page("authoring/file.html", **context, when=when, words=words, clash=clash)
