"""Keeping a note, and the page of all of one's notes."""

from flask import Blueprint, Flask, Response, jsonify, request
from flask_babel import gettext as _

from course import clock
from course.catalogue import queries as catalogue
from course.catalogue.readers import readers_only
from course.errors import Invalid, NotFound
from course.learning.reading import pages
from course.learning.reading.notes import actions, queries, shown
from course.web.access import allow, signed_in, signed_in_viewer
from course.web.language import path_language
from course.web.pages import notice, page, see_other

blueprint = Blueprint("notes", __name__, url_prefix="/<lang>/courses/<course>")
LONGEST_KEY = 64


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/notes/")
@allow(signed_in)
def all_of_them(course: str) -> str:
    """All notes that the viewer has written in a course."""
    published, language = catalogue.published(course), path_language()
    written = queries.of_course(signed_in_viewer(), published.course_id)
    return page(
        "reading/notes.html",
        course=published.slug,
        course_title=published.text(published.outline.titles, language),
        lessons=shown.lessons(published, written, language),
        languages=list(published.outline.languages),
    )


@blueprint.post("/<lesson>/notes")
@allow(signed_in)
def keep(course: str, lesson: str) -> Response:
    """Keep the note on a section (`section`, `text`); then back to that section, or what was kept as JSON.

    Who has left a course that is closed to others may still change what they have written, and write nothing new.
    """
    published = catalogue.published(course)
    person, item = signed_in_viewer(), published.item("lesson", lesson)
    section, page_key = request.form.get("section", ""), request.form.get("page", "")
    base = request.form.get("base", "0")
    if not (base.isascii() and base.isdigit() and len(base) < 19 and len(page_key) <= LONGEST_KEY):
        raise Invalid
    known = {note.section for note in queries.of_course(person, published.course_id).get(item, ())}
    if section not in known:
        readers_only(published)
        if section not in pages.headings_of(catalogue.lesson(published, lesson, path_language())):
            raise NotFound(_("This lesson has no such part."))
    text = request.form.get("text", "")
    note = actions.keep(person, item, section, text, base=int(base), page=page_key, at=clock.now())
    if request.accept_mimetypes.best == "application/json":
        return jsonify(base=note.at, text=note.text, message=_("Saved."))
    notice(_("Your note is saved.") if note.text else _("Your note is deleted."))
    return see_other("reading.lesson", course=course, lesson=lesson, _anchor=f"note-{section}")
