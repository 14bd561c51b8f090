"""Words about time and progress, in the interface's language."""

from flask_babel import format_percent, ngettext


def minutes(count: int) -> str:
    """`7 min`, short enough to stand beside a title."""
    return ngettext("%(num)s min", "%(num)s min", count)


def percent(hundredths: int) -> str:
    """`80%` as the language writes it; `hundredths` is 0 to 100."""
    return str(format_percent(hundredths / 100))
