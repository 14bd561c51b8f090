"""Signing in and out."""

from enum import Enum, auto

from flask import request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course import clock
from course.db import db
from course.errors import TooOften
from course.people import actions, letters, outbox, passwords, sessions, throttles, tokens
from course.people.forms import SignInForm
from course.people.privacy import consent
from course.people.queries import Known, account, digest, known_as
from course.people.rules import ADDRESS, LETTERS, SIGN_IN, normal_code, normal_username
from course.people.signals import signed_in
from course.people.views.blueprint import blueprint
from course.web.access import allow, anyone, viewer
from course.web.pages import back_to, is_own_page, notice, page, see_other, to_address


class Outcome(Enum):
    """What came of giving a name and a password."""

    IN = auto()
    REFUSED = auto()
    UNCONFIRMED = auto()
    FIRST = auto()
    """The code from a slip of paper was right: now they choose a password of their own."""
    LAPSED = auto()
    """So was this code, but its time is over."""


@blueprint.route("/sign-in", methods=["GET", "POST"])
@allow(anyone)
def sign_in() -> ResponseReturnValue:
    """Ask for a name and a password, and sign in with them."""
    if viewer().person is not None:
        return to_address(back_to(home()))
    form = SignInForm()
    if not form.validate_on_submit():
        form.next.data = request.args.get("next", "") if request.method == "GET" else form.next.data
        return page("people/sign-in.html", form=form), 422 if form.is_submitted() else 200
    onward = back_to(home())
    outcome = try_to_sign_in(form.who.data or "", form.password.data or "", keep=bool(form.keep.data))
    if outcome is Outcome.IN:
        known = known_as(form.who.data or "")
        if known is not None and consent.is_to_be_asked(known.person):
            return see_other("people.privacy", next=onward)
        return to_address(onward)
    if outcome is Outcome.UNCONFIRMED:
        return see_other("people.sent")
    if outcome is Outcome.FIRST:
        return _choose_own(form.who.data or "")
    if outcome is Outcome.LAPSED:
        form.refuse("password", _("This first code worked for 14 days, and they are over. Ask for a new one."))
        return page("people/sign-in.html", form=form), 422
    # One sentence for every reason: it must not tell whether there is such an account.
    form.refuse("who", _("This name and password do not go together. After ten wrong tries, wait 15 minutes."))
    return page("people/sign-in.html", form=form), 422


def try_to_sign_in(who: str, password: str, *, keep: bool) -> Outcome:
    """Compare, count, and sign in. Every way takes one reading, one hash and one write, so that time tells nothing."""
    address = throttles.key_for("address", request.remote_addr or "")
    known = known_as(who)
    tries = throttles.key_for("sign-in", f"person {known.person}" if known else normal_username(who))
    rests, crowded = throttles.is_resting(tries), throttles.is_resting(address)
    db.session.rollback()  # no lock is held while the password is hashed
    if crowded:
        raise TooOften(_("Signing in failed very often from where you are. Wait 15 minutes, then try again."))
    given = normal_code(password) if known and known.code_until is not None else password
    if not passwords.matches(given, known.password if known else None) or rests or not known or not known.active:
        throttles.count(address, ADDRESS)
        throttles.count(tries, SIGN_IN)
        actions.audit(None, "failed to sign in", known.person if known else None)
        return Outcome.REFUSED
    throttles.forget(tries)
    return _right(known, keep)


def _right(known: Known, keep: bool) -> Outcome:
    if known.code_until is not None:
        return Outcome.FIRST if clock.now() < known.code_until else Outcome.LAPSED
    if not known.confirmed:
        _remind(known.person)
        return Outcome.UNCONFIRMED
    let_in(known.person, keep=keep)
    return Outcome.IN


def _choose_own(who: str) -> ResponseReturnValue:
    """On to a password of one's own. Whoever typed the code here is signed in after it, without typing again."""
    known = known_as(who)
    assert known is not None
    session["typed_here"] = digest(known.password or "")
    return see_other("people.new_password", token=tokens.made(tokens.RESET, known.stamp))


def _remind(person: int) -> None:
    found = account(person)
    if found is not None and found.email and throttles.may(throttles.key_for("letter", found.email), LETTERS):
        outbox.post(found.email, letters.confirm(found), person=person)


def let_in(person: int, *, keep: bool) -> None:
    """Sign this device in."""
    sessions.begin(person, keep)
    actions.audit(person, "signed in", person)
    signed_in.send(person=person)


def home() -> str:
    """The address of the first page."""
    return url_for("home")


@blueprint.post("/sign-out")
@allow(anyone)
def sign_out() -> ResponseReturnValue:
    """End this sign-in on the server, and have the browser drop what it kept of personal pages."""
    who = viewer()
    if who.person is not None:
        sessions.end()
        actions.audit(who.person, "signed out", who.person)
    session.clear()
    notice(_("You are signed out."))
    response = to_address(home())
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def remember_next(target: str | None) -> None:
    """Keep, in the session, where somebody wanted to go before an account came between."""
    if target and is_own_page(target):
        session["next"] = target
