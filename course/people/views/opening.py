"""Opening an account: signing up, confirming the address, and the first admin of an installation."""

from flask import request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course.db import db
from course.errors import TooOften
from course.people import actions, passwords, throttles, time_zones, tokens
from course.people.forms import AddressForm, SetupForm, SignUpForm
from course.people.models import Account
from course.people.queries import by_identifier, by_stamp, digest, has_admin
from course.people.rules import ADDRESS
from course.people.views import ended
from course.people.views.blueprint import blueprint
from course.people.views.signing import home, let_in, remember_next
from course.web.access import allow, anyone, viewer
from course.web.language import interface_language, path_language
from course.web.pages import back_to, notice, page, see_other, to_address


@blueprint.route("/sign-up", methods=["GET", "POST"])
@allow(anyone)
def sign_up() -> ResponseReturnValue:
    """Ask for what an account needs. What comes after is the same whether or not the address has one."""
    if viewer().person is not None:
        return to_address(back_to(home()))
    form = SignUpForm(language=interface_language(), next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return page("people/sign-up.html", form=form), 422 if form.is_submitted() else 200
    check_crowd("sign-up")
    db.session.rollback()  # no lock is held while the password is hashed
    hashed = passwords.hashed(form.password.data or "")
    email = form.email.data or ""
    zone = form.time_zone.data or ""
    actions.sign_up(
        email,
        hashed,
        name=form.name.data or "",
        language=form.language.data,
        time_zone=zone if time_zones.is_known(zone) else "UTC",
    )
    count_crowd("sign-up")
    remember_next(form.next.data)
    session["signing_up"] = email
    session["typed_here"] = digest(hashed)
    return see_other("people.sent")


@blueprint.get("/sign-up/sent")
@allow(anyone)
def sent() -> str:
    """What to do now: look into the mailbox."""
    return page("people/sent.html", email=session.get("signing_up", ""))


@blueprint.route("/confirm", methods=["GET", "POST"])
@allow(anyone)
def confirm_again() -> ResponseReturnValue:
    """Ask for the letter with the link once more. The answer is the same for every address."""
    form = AddressForm(email=session.get("signing_up", ""))
    if not form.validate_on_submit():
        return page("people/confirm-again.html", form=form), 422 if form.is_submitted() else 200
    check_crowd("sign-up")
    actions.send_confirmation(form.email.data or "", interface_language())
    count_crowd("sign-up")
    session["signing_up"] = form.email.data
    return see_other("people.sent")


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
@allow(anyone)
def confirm(token: str) -> ResponseReturnValue:
    """A button that confirms the address: opening the link alone, as mail scanners do, changes nothing.

    It lets in only where the account's password was typed. Elsewhere the reader of the mail chooses one anew,
    because the one that waits there may be of somebody else who signed up with this address.
    """
    found = by_stamp(tokens.read(tokens.CONFIRM, token))
    if found is None:
        return ended.confirmation(token)
    if request.method == "GET" or found.confirmed is not None:
        return page("people/confirm.html", email=found.email, confirmed=found.confirmed is not None)
    if session.get("typed_here") != digest(found.password or ""):
        return see_other("people.new_password", token=tokens.made(tokens.RESET, found.stamp))
    return _confirmed(actions.confirm(found.stamp))


def _confirmed(found: Account) -> ResponseReturnValue:
    onward = session.get("next") or home()
    let_in(found.person_id, keep=True)
    notice(_("Welcome! Your account is open."))
    return to_address(onward)


@blueprint.route("/setup/<token>", methods=["GET", "POST"])
@allow(anyone)
def setup(token: str) -> ResponseReturnValue:
    """The first admin, by the link that `course serve` prints while there is none."""
    if tokens.read(tokens.SETUP, token) is None or has_admin():
        return ended.setup(token)
    form = SetupForm()
    if not form.validate_on_submit():
        return page("people/setup.html", form=form), 422 if form.is_submitted() else 200
    if by_identifier(form.email.data or "") is not None:
        form.refuse("email", _("This address has an account already. Take another one for the admin."))
        return page("people/setup.html", form=form), 422
    found = actions.add_first_admin(
        form.email.data or "", form.password.data or "", name=form.name.data or "", language=interface_language()
    )
    let_in(found.person_id, keep=True)
    notice(_("Welcome! You are the admin of this installation."))
    return to_address(f"/{path_language()}/")


def check_crowd(kind: str) -> None:
    """Raise TooOften where one network address asked for too much mail."""
    if throttles.is_resting(_crowd(kind)):
        raise TooOften(_("There were very many requests from where you are. Wait 15 minutes, then try again."))


def count_crowd(kind: str) -> None:
    throttles.count(_crowd(kind), ADDRESS)


def _crowd(kind: str) -> str:
    return throttles.key_for(f"{kind} address", request.remote_addr or "")
