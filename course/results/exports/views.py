"""The tables of a course as files: asking for one, and downloading it once it is written."""

from flask import Blueprint, Flask, Response, request, send_file
from flask_babel import gettext as _
from sqlalchemy import select

from course.catalogue import queries as catalogue
from course.db import db
from course.errors import NotFound
from course.people.signals import erasing
from course.results.exports import actions
from course.results.exports.models import Export
from course.results.exports.tables import TITLES
from course.results.frame import scoped, show
from course.web.access import allow, signed_in_viewer, trainer
from course.web.language import path_language
from course.web.pages import see_other
from course.web.sweeps import on_long_job, on_sweep

blueprint = Blueprint(
    "export_results", __name__, url_prefix="/<lang>/courses/<course>/results/exports", template_folder="../templates"
)
LISTED = 20
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    on_sweep(app, actions.delete_old)
    erasing.connect(actions.delete_naming)
    on_long_job(app, actions.write_next)


@blueprint.get("/")
@allow(trainer)
def exports(course: str) -> str:
    """The tables that can be had, and those that this person asked for."""
    published, scope = scoped(course)
    mine = select(Export).where(Export.person_id == signed_in_viewer(), Export.course_id == published.course_id)
    found = db.session.scalars(mine.order_by(Export.id.desc()).limit(LISTED)).all()
    return show(
        "exports.html",
        published,
        scope,
        tables=TITLES,
        formats=actions.FORMATS,
        found=found,
        waits=any(one.done is None for one in found),
    )


@blueprint.post("/")
@allow(trainer)
def ask(course: str) -> Response:
    """Have a table written."""
    published, scope = scoped(course)
    what, format = request.form.get("what", ""), request.form.get("format", "")
    actions.ask(published, scope, what, format, by=signed_in_viewer(), language=path_language())
    return see_other("export_results.exports", course=course, **scope.written())


@blueprint.get("/<int(max=9223372036854775807):export>/file")
@allow(trainer)
def file(course: str, export: int) -> Response:
    """The file, for who asked for it. Others, and files that are no longer there, are not found."""
    published = catalogue.published(course)
    found = db.session.get(Export, export)
    if found is None or (found.person_id, found.course_id) != (signed_in_viewer(), published.course_id):
        raise NotFound
    if found.done is None or not found.file or not (path := actions.folder() / found.file).is_file():
        raise NotFound(_("This file is not there, or no longer. Ask for the table again."))
    name = f"{published.slug}-{found.what}.{found.format}"
    response = send_file(path.resolve(), TYPES[found.format], as_attachment=True, download_name=name, conditional=False)
    response.headers["Cache-Control"] = "private, no-store"
    return response
