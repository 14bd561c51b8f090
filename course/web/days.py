"""Days in an address: from one, and until another, as filters of lists have them. They are days of UTC."""

from datetime import UTC, date, datetime

from flask_babel import gettext as _

from course.clock import MICROSECONDS
from course.errors import Invalid

DAY = 24 * 60 * 60 * MICROSECONDS


def read_day(text: str) -> date | None:
    """The day in a text such as `2026-03-31`, None for no text. Raises Invalid for a day that is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(_("“%(day)s” is no day; write it as 2026-03-31.", day=text[:20])) from None


def start_of(day: date) -> int:
    """The moment (microseconds) in which a day begins."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * MICROSECONDS


def end_of(day: date) -> int:
    """The moment (microseconds) in which a day is over."""
    return start_of(day) + DAY
