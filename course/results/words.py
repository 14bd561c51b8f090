"""Figures as the interface's language writes them. What is not there is a dash."""

from datetime import UTC, datetime
from fractions import Fraction

from babel import Locale
from babel.dates import format_date as _format_date
from babel.dates import format_skeleton
from flask_babel import format_decimal, format_percent, get_locale
from flask_babel import gettext as _

from course.clock import MICROSECONDS
from course.learning.assessment.words import lasting, when

NONE = "–"
Figure = Fraction | float | int | None

__all__ = [
    "NONE",
    "Figure",
    "day",
    "day_of_year",
    "interval",
    "lasting",
    "number",
    "percent",
    "percents",
    "share",
    "took",
    "when",
]


def percent(figure: Figure, decimals: int = 0) -> str:
    """A share, 0 to 1, as `62%`."""
    locale = get_locale() or Locale("en")
    pattern = locale.percent_formats[None].pattern.replace("0", "0" + _places(decimals))
    return NONE if figure is None else str(format_percent(float(figure), pattern))


def percents(figure: Figure, decimals: int = 0) -> str:
    """A figure that is in percent already."""
    return NONE if figure is None else percent(float(figure) / 100, decimals)


def number(figure: Figure, decimals: int = 0) -> str:
    """A figure with so many decimals."""
    return NONE if figure is None else str(format_decimal(float(figure), f"#,##0{_places(decimals)}"))


def share(part: int, whole: int) -> Fraction | None:
    """`part` of `whole`, None of nothing."""
    return Fraction(part, whole) if whole else None


def interval(low: str, high: str) -> str:
    return _("%(low)s to %(high)s", low=low, high=high)


def took(micros: int | None) -> str:
    """A length of time (microseconds), such as `30 minutes`."""
    return NONE if micros is None else lasting(micros // MICROSECONDS)


def day(at: int) -> str:
    """The day of a moment (microseconds UTC), short."""
    return str(_format_date(datetime.fromtimestamp(at / MICROSECONDS, UTC), "medium", get_locale()))


def day_of_year(at: int) -> str:
    """The day of a moment without its year, as short as the language has it: for under a chart's column."""
    return str(format_skeleton("MMMd", datetime.fromtimestamp(at / MICROSECONDS, UTC), locale=get_locale()))


def _places(decimals: int) -> str:
    return "." + "0" * decimals if decimals else ""
