"""The forms of accounts: what must be filled in, and what to do where it does not fit."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from course.i18n import INTERFACE, NAMES
from course.people import time_zones
from course.people.models import Account
from course.people.rules import (
    NAME_LONGEST,
    PASSWORD_LONGEST,
    PASSWORD_SHORTEST,
    is_easily_guessed,
    normal_password,
    normal_username,
)
from course.web.forms import Form
from course.web.forms import lazy as _l
from course.web.language import interface_language

LANGUAGES = [SelectChoice(tag, NAMES[tag]) for tag in INTERFACE]


def is_address(_form: Form, field: EmailField) -> None:
    """A validator: whether an address could be one."""
    try:
        # Whether the domain takes mail is found out by sending it, not by asking the network here.
        validate_email(field.data or "", check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise ValidationError(_("Give an e-mail address, such as name@example.org.")) from None


def _new_password(form: Form, field: PasswordField) -> None:
    password = normal_password(field.data or "")
    if len(password) < PASSWORD_SHORTEST:
        raise ValidationError(_("Use at least 8 characters; 15 or more are better."))
    if len(password) > PASSWORD_LONGEST:
        raise ValidationError(_("Use at most 128 characters."))
    known = [form[name].data or "" for name in ("email", "name") if name in form]
    if is_easily_guessed(password, *known):
        raise ValidationError(_("This is among the first that others would guess. Take several words of your own."))


def _email() -> EmailField:
    return EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Give your e-mail address.")), is_address],
        filters=[lambda text: normal_username(text) if text else text],
        render_kw={"autocomplete": "email", "maxlength": 254},
    )


def _password(label: str) -> PasswordField:
    return PasswordField(
        label,
        [InputRequired(_l("Choose a password.")), _new_password],
        description=_l("At least 8 characters. Several words that only you put together are easy to keep in mind."),
        render_kw={"autocomplete": "new-password", "maxlength": 1000},
    )


def _name() -> StringField:
    return StringField(
        _l("Name"),
        [Length(max=NAME_LONGEST, message=_l("Use at most 200 characters."))],
        description=_l("As you want to be addressed, and as it should stand on a certificate."),
        render_kw={"autocomplete": "name", "maxlength": NAME_LONGEST},
    )


class SignInForm(Form):
    who = StringField(
        _l("E-mail address or user name"),
        [InputRequired(_l("Give your e-mail address or user name."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Give your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    keep = BooleanField(
        _l("Stay signed in on this device"),
        default=True,
        description=_l("Leave this off where others use the same phone or computer."),
    )
    next = HiddenField()


class SignUpForm(Form):
    name = _name()
    email = _email()
    password = _password(_l("Password"))
    language = SelectField(_l("Language"), choices=LANGUAGES)
    time_zone = HiddenField(render_kw={"data-time-zone": ""})
    next = HiddenField()


class InvitationForm(Form):
    """How somebody who was invited opens the account. `email` is known: it is here for what may be no password."""

    name = _name()
    email = HiddenField()
    password = _password(_l("Password"))
    language = SelectField(_l("Language"), choices=LANGUAGES)
    time_zone = HiddenField(render_kw={"data-time-zone": ""})


class AddressForm(Form):
    email = _email()


class NewPasswordForm(Form):
    password = _password(_l("New password"))


class ChangePasswordForm(Form):
    current = PasswordField(
        _l("Current password"),
        [InputRequired(_l("Give your current password."))],
        render_kw={"autocomplete": "current-password"},
    )
    password = _password(_l("New password"))


class EraseForm(Form):
    current = PasswordField(
        _l("Your password"),
        [InputRequired(_l("Give your password, so that nobody else can do this."))],
        render_kw={"autocomplete": "current-password"},
    )


class SettingsForm(Form):
    name = _name()
    language = SelectField(
        _l("Language"), choices=LANGUAGES, description=_l("Of the pages, and of the mail that you get.")
    )
    time_zone = SelectField(
        _l("Time zone"),
        description=_l("So that dates and deadlines are shown in your time."),
        render_kw={"data-time-zone": ""},
    )

    def __init__(self, account: Account) -> None:
        super().__init__(obj=account)
        self.time_zone.choices = time_zones.groups(interface_language(), _("Chosen now"), account.time_zone)


class SetupForm(Form):
    name = _name()
    email = _email()
    password = _password(_l("Password"))
