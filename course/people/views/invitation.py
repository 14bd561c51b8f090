"""The page behind the link in an invitation."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course.db import db
from course.people import actions, passwords, time_zones, tokens
from course.people.forms import InvitationForm
from course.people.models import Account
from course.people.queries import by_stamp
from course.people.views import ended
from course.people.views.blueprint import blueprint
from course.people.views.signing import home, let_in
from course.web.access import allow, anyone
from course.web.pages import notice, page, to_address


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@allow(anyone)
def invitation(token: str) -> ResponseReturnValue:
    """Open the account that was made for the reader of the letter: a name, a password, a language."""
    found = _invited(token)
    if found is None:
        return ended.invitation(token)
    form = InvitationForm(obj=found) if request.method == "GET" else InvitationForm()
    form.email.data = found.email
    if not form.validate_on_submit():
        return page("people/invitation.html", form=form, email=found.email), 422 if form.is_submitted() else 200
    db.session.rollback()  # no lock is held while the password is hashed
    hashed = passwords.hashed(form.password.data or "")
    found = _invited(token)  # again: another request may have used the link meanwhile
    if found is None:
        return ended.invitation(token)
    zone = form.time_zone.data or ""
    actions.accept_invitation(
        found,
        hashed,
        name=form.name.data or "",
        language=form.language.data,
        time_zone=zone if time_zones.is_known(zone) else "UTC",
    )
    let_in(found.person_id, keep=False)
    notice(_("Welcome! Your account is open."))
    return to_address(home())


def _invited(token: str) -> Account | None:
    found = by_stamp(tokens.read(tokens.INVITE, token))
    return found if found is not None and found.confirmed is None else None
