"""The letters that people get, in their own language."""

from datetime import UTC, datetime
from urllib.parse import urljoin

from babel.dates import format_date
from flask import current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from course import clock
from course.config import Config
from course.i18n import interface_for
from course.people import tokens
from course.people.models import Account
from course.people.outbox import Letter


def confirm(account: Account) -> Letter:
    """Asks the owner of the address whether it was they who signed up."""
    with force_locale(interface_for(account.language)):
        return Letter(
            _("Confirm your e-mail address"),
            _letter(
                _("Somebody, probably you, signed up with this address. Open this page and press the button:"),
                _address("people.confirm", account, token=tokens.made(tokens.CONFIRM, account.stamp)),
                _("The link works for three days. If it was not you, do nothing: no account will be opened."),
            ),
        )


def invitation(account: Account, until: int) -> Letter:
    """Asks somebody in whom an admin added. `until` in microseconds UTC."""
    site = current_app.config["SITE_NAME"]
    language = interface_for(account.language)
    with force_locale(language):
        day = format_date(datetime.fromtimestamp(until / clock.MICROSECONDS, UTC), "long", language)
        return Letter(
            _("You are invited to %(site)s", site=site),
            _letter(
                _("You are invited to learn at %(site)s. Open this page and choose a password:", site=site),
                _address("people.invitation", account, token=tokens.made(tokens.INVITE, account.stamp)),
                _("The link works until %(day)s. After that, ask whoever invited you for a new one.", day=day),
                _("If you do not know what this is about, do nothing: the account stays closed."),
            ),
        )


def already_known(account: Account) -> Letter:
    """Instead of a second account: this address has one. The page says the same to everybody."""
    with force_locale(interface_for(account.language)):
        return Letter(
            _("You already have an account"),
            _letter(
                _("Somebody, probably you, tried to sign up with this address, which has an account already. Sign in:"),
                _address("people.sign_in", account),
                _("If you no longer know your password, you can choose a new one:"),
                _address("people.reset", account),
                _("If it was not you, do nothing."),
            ),
        )


def reset(account: Account) -> Letter:
    """A link with which a new password can be chosen, once."""
    with force_locale(interface_for(account.language)):
        return Letter(
            _("Choose a new password"),
            _letter(
                _("Somebody, probably you, asked for a new password. To choose one, open this page:"),
                _address("people.new_password", account, token=tokens.made(tokens.RESET, account.stamp)),
                _("The link works once, for one hour. If it was not you, do nothing: your password stays as it is."),
            ),
        )


def unknown(language: str) -> Letter:
    """Somebody asked for a link, to open an account or to choose a password, with an address that has no account."""
    with force_locale(interface_for(language)):
        return Letter(
            _("There is no account with this address"),
            _letter(
                _("Somebody, probably you, asked for an e-mail with a link, but this address has no account."),
                _("Perhaps you signed up with another address. If it was not you, do nothing."),
            ),
        )


def password_changed(account: Account) -> Letter:
    """Tells the owner, in case it was somebody else."""
    with force_locale(interface_for(account.language)):
        return Letter(
            _("Your password was changed"),
            _letter(
                _("The password of your account was changed, and other devices were signed out."),
                _("If it was not you, choose a new password at once:"),
                _address("people.reset", account),
            ),
        )


def _letter(*paragraphs: str) -> str:
    site = current_app.config["SITE_NAME"]
    return "\n\n".join((_("Good day,"), *paragraphs, site)) + "\n"


def _address(endpoint: str, account: Account, **values: str) -> str:
    """A whole address, by the installation's own setting: what a request says about its host is not trusted."""
    path = url_for(endpoint, lang=interface_for(account.language), _external=False, **values)
    return urljoin(site_address(current_app.config["COURSE"]), path)


def sign_in_address(language: str) -> str:
    """Where somebody signs in, as it can be typed from paper."""
    path = url_for("people.sign_in", lang=interface_for(language))
    return urljoin(site_address(current_app.config["COURSE"]), path)


def site_address(config: Config) -> str:
    """Where people reach this installation."""
    return config.public_url or f"http://{config.host}:{config.port}"
