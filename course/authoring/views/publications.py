"""What changed since the course was published, publishing it, and what was published before."""

from flask import Response, make_response, request
from flask_babel import gettext as _
from flask_babel import ngettext

from course import clock
from course.authoring import comparing, publishing, queries
from course.authoring.views.blueprint import blueprint
from course.catalogue import actions as catalogue
from course.db import transaction
from course.errors import Conflict, PackRefused
from course.results.words import when
from course.web.access import allow, signed_in_viewer, trainer
from course.web.app import only_reads
from course.web.errors import sentence
from course.web.language import path_language
from course.web.pages import notice, page, see_other

NUMBER = "/publications/<int(max=2147483647):number>/"


@blueprint.get("/publication")
@allow(trainer)
def publication(course: str) -> str:
    """What the draft changes, and the form that publishes it."""
    return _draft(course)


@blueprint.post("/publications/")
@allow(trainer)
@only_reads
def publish(course: str) -> Response:
    """Publish the draft as it was looked at. Compiling and checking come first, so that nobody waits for them."""
    note, state = request.form.get("note", "").strip(), queries.state(course)
    if not note:
        return make_response(_draft(course, wrong=_("Say in a few words what changes, and why."), note=note), 422)
    if len(note) > publishing.LONGEST_NOTE:
        wrong = _("Use at most %(most)s characters.", most=publishing.LONGEST_NOTE)
        return make_response(_draft(course, wrong=wrong, note=note), 422)
    try:
        if request.form.get("revision") != catalogue.revision_hash(state.hashes):
            raise Conflict(_("Somebody has saved or published something meanwhile. Look at the changes again."))
        prepared = catalogue.prepare(state.pack())
        with transaction():
            made = publishing.publish(prepared, course, by=signed_in_viewer(), note=note, at=clock.now())
            number = made.number if made else state.published.number
    except PackRefused:
        return make_response(_draft(course, note=note), 409)
    except Conflict as meanwhile:
        return make_response(_draft(course, wrong=sentence(meanwhile), note=note), 409)
    notice(_("Published. Learners see publication %(number)s from now on.", number=number))
    return see_other("authoring.overview", course=course)


@blueprint.post("/base")
@allow(trainer)
def update(course: str) -> Response:
    """Put the draft's changes on top of what was published since it began."""
    disagree = publishing.bring_up_to_date(course, signed_in_viewer(), clock.now())
    notice(_("The draft stands on the newest publication now, with all its changes."))
    if disagree:
        notice(
            ngettext(
                "In %(num)s file both changed the same lines: look for the marks in it.",
                "In %(num)s files both changed the same lines: look for the marks in them.",
                disagree,
            )
        )
    return see_other("authoring.overview", course=course)


@blueprint.get("/differences/<path:path>")
@allow(trainer)
def difference(course: str, path: str) -> str:
    """A file of the draft against what is published: as learners see it, and its source."""
    return page(
        "authoring/difference.html", **comparing.rendered(queries.state(course), path, path_language()), when=when
    )


@blueprint.get("/publications/")
@allow(trainer)
def publications(course: str) -> str:
    """Who published what, when and why."""
    before = request.args.get("before", "")
    number = int(before) if before.isascii() and before.isdecimal() and len(before) < 10 else None
    context = comparing.publications(queries.state(course), number, path_language())
    return page("authoring/publications.html", **context, when=when)


@blueprint.get(NUMBER)
@allow(trainer)
def published(course: str, number: int) -> str:
    """What one publication changed."""
    context = comparing.publication(queries.state(course), number, path_language())
    return page("authoring/published.html", **context, when=when, wrong="", note="")


@blueprint.post(NUMBER + "restoration")
@allow(trainer)
@only_reads
def restore(course: str, number: int) -> Response:
    """Make an earlier publication current again, as a new one; where that cannot be, put it into the draft."""
    state, by, at = queries.state(course), signed_in_viewer(), clock.now()
    found = queries.publication(state.published.course_id, number)
    note = request.form.get("note", "").strip()[: publishing.LONGEST_NOTE]
    note = note or _("Back to publication %(number)s", number=number)
    try:
        prepared = catalogue.prepare(publishing.pack_of(found, state.folder))
        with transaction():
            made = publishing.restore(prepared, course, by=by, note=note)
            now = made.number if made else state.published.number
    except PackRefused:
        return _into_the_draft(course, number, by, at)
    except Conflict as draft:
        notice(sentence(draft))
        return see_other("authoring.published", course=course, number=number)
    notice(
        _("Learners see what was publication %(before)s again, as publication %(number)s.", before=number, number=now)
    )
    return see_other("authoring.publications", course=course)


def _into_the_draft(course: str, number: int, by: int, at: int) -> Response:
    try:
        with transaction():
            found = queries.publication(queries.state(course).published.course_id, number)
            publishing.put_back(course, found, by=by, at=at)
    except Conflict as draft:
        notice(sentence(draft))
        return see_other("authoring.published", course=course, number=number)
    notice(_("It cannot be published as it was: since then things came that people’s records hang on."))
    notice(_("It is in the draft now. Mend what stands below, then publish."))
    return see_other("authoring.publication", course=course)


def _draft(course: str, wrong: str = "", note: str = "") -> str:
    context = comparing.draft(queries.state(course), path_language())
    return page("authoring/publication.html", **context, when=when, wrong=wrong, note=note)
