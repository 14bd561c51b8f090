"""How somebody likes to be addressed, and in which language and time."""

from datetime import UTC, datetime

from babel.dates import format_datetime
from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale, get_timezone
from flask_babel import gettext as _

from course.clock import MICROSECONDS
from course.errors import SignInNeeded
from course.people import actions, sessions
from course.people.forms import SettingsForm
from course.people.models import Account
from course.people.queries import account
from course.people.views.blueprint import blueprint
from course.web.access import allow, signed_in, signed_in_viewer, viewer
from course.web.pages import notice, page, see_other, to_address


@blueprint.route("/settings", methods=["GET", "POST"])
@allow(signed_in)
def settings() -> ResponseReturnValue:
    """Name, language and time zone. Saving goes on in the language that was chosen."""
    person = signed_in_viewer()
    found = account(person)
    if found is None:
        raise SignInNeeded(_("Sign in to see this page."))
    form = SettingsForm(found)
    if not form.validate_on_submit():
        return _page(form, found), 422 if form.is_submitted() else 200
    language = form.language.data
    actions.change_settings(person, name=form.name.data or "", language=language, time_zone=form.time_zone.data)
    g.lang = language
    with force_locale(language):
        notice(_("Your settings are saved."))
    return to_address(url_for("people.settings", lang=language))


@blueprint.post("/settings/sign-ins/end")
@allow(signed_in)
def end_sign_in() -> ResponseReturnValue:
    """Sign out one device (`sign_in`), or all but this one."""
    person, which = signed_in_viewer(), request.form.get("sign_in", "")
    if which.isascii() and which.isdecimal() and len(which) < 19:
        sessions.end_one(person, int(which))
        notice(_("This device is signed out."))
    else:
        sessions.end_all(person, viewer().session)
        notice(_("All other devices are signed out."))
    actions.audit(person, "signed out", person)
    return see_other("people.settings")


def _page(form: SettingsForm, found: Account) -> str:
    devices = [(one, _moment(one.at), _moment(one.until)) for one in sessions.open_ones(found.person_id)]
    return page("people/settings.html", form=form, account=found, devices=devices, here=viewer().session)


def _moment(at: int) -> str:
    """A moment (microseconds UTC) in the reader's time zone."""
    moment = datetime.fromtimestamp(at / MICROSECONDS, UTC)
    return str(format_datetime(moment, "medium", get_timezone(), get_locale()))
