"""Words about time and progress, in the interface's language."""

from flask_babel import format_percent, ngettext
from flask_babel import gettext as _

from course.markup.html import Html
from course.markup.labels import labels


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
