"""What is kept of me: a page, a file, and the end of it."""

import json

from flask import Response, after_this_request, current_app, make_response, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from course import clock
from course.db import db
from course.errors import Conflict, SignInNeeded
from course.people.forms import EraseForm
from course.people.models import Erasure
from course.people.privacy import consent, download, erasing, traces
from course.people.queries import account
from course.people.rules import HOUR
from course.people.views.blueprint import blueprint
from course.people.views.password import knows_password
from course.people.views.signing import home
from course.web.access import allow, anyone, signed_in, signed_in_viewer, viewer
from course.web.pages import back_to, notice, page, to_address


@blueprint.get("/privacy")
@allow(anyone)
def privacy() -> str:
    """The privacy notice. Whoever has agreed to an older one, and is signed in, is asked."""
    person = viewer().person
    asked = person is not None and consent.is_to_be_asked(person)
    return page("people/privacy.html", asked=asked, version=consent.VERSION, onward=back_to(home()))


@blueprint.post("/privacy")
@allow(signed_in)
def agree() -> Response:
    """Keep that the viewer agrees, and go on to where they were going."""
    consent.agree(_own())
    return to_address(back_to(home()))


@blueprint.get("/settings/data")
@allow(signed_in)
def data() -> str:
    """Everything that is kept of the viewer, table by table, with what it is for."""
    found = download.download(_own())
    return page("people/data.html", data=found, explained=download.by_purpose())


@blueprint.get("/settings/data.json")
@allow(signed_in)
def data_file() -> Response:
    """The same as a file for programs, with what each column is for."""
    whole = {"data": download.download(_own()), "columns": download.explained()}
    response = make_response(json.dumps(whole, ensure_ascii=False, indent=1))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@blueprint.route("/settings/erasure", methods=["GET", "POST"])
@allow(signed_in)
def erasure() -> ResponseReturnValue:
    """Erase the viewer's account, with the password at hand. It takes a minute, and asks nobody."""
    person, form = _own(), EraseForm()
    if not form.validate_on_submit():
        return page("people/erasure.html", form=form), 422 if form.is_submitted() else 200
    if not knows_password(person, form.current.data or ""):
        form.refuse("current", _("This is not your current password. After ten wrong tries, wait 15 minutes."))
        return page("people/erasure.html", form=form), 422
    try:
        letters = erasing.erase(person, by=person)
    except Conflict as refused:
        form.refuse("current", str(refused))
        return page("people/erasure.html", form=form), 409
    _leave_nothing(letters)
    session.clear()
    notice(_("Your account is erased. Nothing here names you any more."))
    response = to_address(home())
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def sweep() -> None:
    """Once more for what a reader of the database kept from being cut off."""
    recent = Erasure.done > clock.now() - HOUR
    if db.session.scalar(select(Erasure.id).where(recent).limit(1)) is not None:
        db.session.rollback()  # cutting off waits for everybody who reads or writes
        traces.cut_off()


def _leave_nothing(letters: list[int]) -> None:
    """After the commit: files, and the database's log of what was there before."""

    @after_this_request
    def _after(response: Response) -> Response:
        if response.status_code < 400:
            erasing.take_files_away(current_app.config["COURSE"], letters)
            traces.cut_off()
        return response


def _own() -> int:
    person = signed_in_viewer()
    if account(person) is None:
        raise SignInNeeded(_("Sign in to see this page."))
    return person
