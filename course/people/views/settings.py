"""How somebody likes to be addressed, and in which language and time."""

from flask import g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from course.errors import SignInNeeded
from course.people import actions
from course.people.forms import SettingsForm
from course.people.queries import account
from course.people.views.blueprint import blueprint
from course.web.access import allow, signed_in, signed_in_viewer
from course.web.pages import notice, page, to_address


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
        return page("people/settings.html", form=form, account=found), 422 if form.is_submitted() else 200
    language = form.language.data
    actions.change_settings(person, name=form.name.data or "", language=language, time_zone=form.time_zone.data)
    g.lang = language
    with force_locale(language):
        notice(_("Your settings are saved."))
    return to_address(url_for("people.settings", lang=language))
