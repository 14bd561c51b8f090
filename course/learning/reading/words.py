"""Words about time and progress, in the interface's language."""

from functools import lru_cache

from flask_babel import format_percent, ngettext
from flask_babel import gettext as _

from course.markup.html import Html
from course.markup.labels import labels
from course.web.language import interface_language
from course.web.lengths import reading_time


def minutes(count: int) -> str:
    """`7 min`, short enough to stand beside a title."""
    return ngettext("%(num)s min", "%(num)s min", count)


def percent(hundredths: int) -> str:
    """`80%` as the language writes it; `hundredths` is 0 to 100."""
    return str(format_percent(hundredths / 100))


def labelled(html: str) -> str:
    """A text with the words that its author leaves to the interface: what a callout is, the way back from a note."""
    said = {
        "back": _("Back to the text"),
        "caution": _("Caution"),
        "example": _("Example"),
        "important": _("Important"),
        "note": _("Note"),
        "table": _("Table"),
        "tip": _("Tip"),
        "warning": _("Warning"),
    }
    return labels(Html(html), said.__getitem__)


def percent_done(hundredths: int) -> str:
    """`80 % done`."""
    return _percent_done(interface_language(), hundredths)


@lru_cache(512)
def _percent_done(_interface: str, hundredths: int) -> str:
    return str(_("%(percent)s %% done", percent=hundredths))


def reading_left(minutes: int) -> str:
    """A sentence that follows another one, on what is left of a course; "" for nothing."""
    return _reading_left(interface_language(), minutes) if minutes else ""


@lru_cache(2048)
def _reading_left(_interface: str, minutes: int) -> str:
    return " " + _("Reading left in the course: %(time)s.", time=reading_time(minutes))
