"""Passwords: a new one by mail, and a change of the one in use."""

from flask import request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course.db import db
from course.people import actions, passwords, throttles, tokens
from course.people.forms import AddressForm, ChangePasswordForm, NewPasswordForm
from course.people.queries import account, by_stamp, digest, open_invitation
from course.people.rules import SIGN_IN
from course.people.views import ended
from course.people.views.blueprint import blueprint
from course.people.views.opening import check_crowd, count_crowd
from course.people.views.signing import home, let_in
from course.web.access import allow, anyone, signed_in, signed_in_viewer, viewer
from course.web.language import interface_language
from course.web.pages import notice, page, see_other, to_address


@blueprint.route("/reset", methods=["GET", "POST"])
@allow(anyone)
def reset() -> ResponseReturnValue:
    """Ask for the address to which a link for a new password goes. The answer is the same for every address."""
    form = AddressForm()
    if not form.validate_on_submit():
        return page("people/reset.html", form=form), 422 if form.is_submitted() else 200
    check_crowd("reset")
    actions.send_reset(form.email.data or "", interface_language())
    count_crowd("reset")
    return see_other("people.reset_sent")


@blueprint.get("/reset/sent")
@allow(anyone)
def reset_sent() -> str:
    return page("people/reset-sent.html")


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@allow(anyone)
def new_password(token: str) -> ResponseReturnValue:
    """Choose a new password, with the link from the mail."""
    stamp = tokens.read(tokens.RESET, token)
    if by_stamp(stamp) is None:
        return ended.reset(token)
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return page("people/new-password.html", form=form), 422 if form.is_submitted() else 200
    db.session.rollback()  # no lock is held while the password is hashed
    hashed = passwords.hashed(form.password.data or "")
    found = by_stamp(stamp)  # again: another request may have used the link meanwhile
    if found is None:
        return ended.reset(token)
    is_first = open_invitation(found.person_id) is not None and session.get("typed_here") == digest(
        found.password or ""
    )
    actions.set_password(found, hashed, by=found.person_id)
    throttles.forget(throttles.key_for("sign-in", f"person {found.person_id}"))
    if is_first:  # they have just typed the code from their slip, on this device
        let_in(found.person_id, keep=False)
        notice(_("Welcome! Your password is set."))
        return to_address(home())
    notice(_("Your new password is set. Sign in with it."))
    return see_other("people.sign_in")


@blueprint.route("/settings/password", methods=["GET", "POST"])
@allow(signed_in)
def change_password() -> ResponseReturnValue:
    """Change the password, with the current one at hand. Other devices are signed out."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return page("people/change-password.html", form=form), 422 if form.is_submitted() else 200
    person, here = signed_in_viewer(), viewer().session
    if not knows_password(person, form.current.data or ""):
        form.refuse("current", _("This is not your current password. After ten wrong tries, wait 15 minutes."))
        return page("people/change-password.html", form=form), 422
    hashed = passwords.hashed(form.password.data or "")
    found = account(person)
    assert found is not None
    actions.set_password(found, hashed, by=person, but=here)
    notice(_("Your password is changed. Other devices are signed out."))
    return see_other("people.settings")


def knows_password(person: int, password: str) -> bool:
    """Whether it is the person's own. Wrong ones are counted with those of signing in."""
    found = account(person)
    stored = found.password if found else None
    tries = throttles.key_for("sign-in", f"person {person}")
    rests = throttles.is_resting(tries)
    db.session.rollback()  # no lock is held while the password is hashed
    if passwords.matches(password, stored) and not rests:
        return True
    throttles.count(tries, SIGN_IN)
    actions.audit(person, "failed to confirm the password", person, request.endpoint or "")
    return False
