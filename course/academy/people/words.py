"""Moments as these pages write them, in the reader's time zone and language."""

from datetime import UTC, datetime

from babel.dates import format_date
from flask_babel import force_locale, get_locale, get_timezone
from flask_babel import gettext as _

from course.clock import MICROSECONDS
from course.learning.assessment.words import when
from course.people.inviting import Slip
from course.people.letters import sign_in_address

__all__ = ["day", "on_paper", "when"]


def day(at: int) -> str:
    """The day of a moment (microseconds UTC), short."""
    moment = datetime.fromtimestamp(at / MICROSECONDS, UTC).astimezone(get_timezone())
    return str(format_date(moment, "medium", get_locale()))


def on_paper(slip: Slip) -> dict[str, str]:
    """What stands on a slip, in the language of whoever gets it."""
    with force_locale(slip.language):
        return {
            "language": slip.language,
            "name": slip.name or slip.username,
            "page": _("Page"),
            "address": sign_in_address(slip.language),
            "user_name": _("User name"),
            "username": slip.username,
            "first_code": _("First code, instead of a password"),
            "code": slip.code,
            "then": _("Works until %(day)s. After signing in you choose a password of your own.", day=day(slip.until)),
        }
