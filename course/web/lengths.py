"""Lengths of time in words, in the interface's language."""

from babel.units import format_unit
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _


def install(app: Flask) -> None:
    app.jinja_env.globals["reading_time"] = reading_time


def counted(number: int, unit: str) -> str:
    """`3 days`; `unit` is day, hour, minute or second."""
    return format_unit(number, f"duration-{unit}", locale=get_locale())


def hours(minutes: int) -> str:
    """Minutes in words, from an hour on as `2 hours 25 minutes`."""
    whole, rest = divmod(minutes, 60)
    if whole and rest:
        return _("%(hours)s %(minutes)s", hours=counted(whole, "hour"), minutes=counted(rest, "minute"))
    return counted(whole, "hour") if whole else counted(rest, "minute")


def reading_time(minutes: int) -> str:
    """How long reading takes, in words; from an hour on to five minutes, since nobody knows it better."""
    return hours(minutes if minutes < 60 else 5 * round(minutes / 5))
