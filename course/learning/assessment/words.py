"""What is said about saves and time, in the interface's language."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from babel.dates import format_date, format_time, get_datetime_format
from flask_babel import format_percent, get_locale, get_timezone, ngettext
from flask_babel import gettext as _

from course.clock import MICROSECONDS
from course.quiz.starting import Bar, Why
from course.web.lengths import counted, hours

if TYPE_CHECKING:
    from course.learning.assessment.actions import Saved
    from course.learning.assessment.models import Allowance

HOUR, DAY = 3600, 86_400


def said(saved: "Saved") -> str:
    """The acknowledgement of a save."""
    if saved.late:
        return _("This came after the end of the attempt. It is kept, but it does not count.")
    if saved.replaced:
        return ngettext(
            "Saved. Another answer to question %(questions)s had been saved from elsewhere; this one counts now.",
            "Saved. Other answers to questions %(questions)s had been saved from elsewhere; these count now.",
            len(saved.replaced),
            questions=", ".join(str(position) for position in saved.replaced),
        )
    return _("Saved.")


def refused(bar: Bar) -> str:
    """Why an attempt cannot be started, and what to do."""
    match bar.why:
        case Why.CLOSED:
            return _("This quiz has closed. It takes no attempts any more.")
        case Why.NONE_LEFT:
            return _("You have used all your attempts at this quiz. Your grade stays as it is.")
        case Why.NOT_OPEN_YET:
            return _("This quiz opens on %(moment)s.", moment=when(bar.until or 0))
        case Why.COOLING_DOWN:
            return _("You can start the next attempt from %(moment)s on.", moment=when(bar.until or 0))
    return _("Complete what comes before this quiz, then start it. The page of the quiz says what that is.")


def granted(allowance: "Allowance") -> str:
    """What a learner was granted, in words; "" for nothing, by which what was granted before was taken back."""
    found = []
    if allowance.attempts:
        found.append(ngettext("%(num)s more attempt", "%(num)s more attempts", allowance.attempts))
    if allowance.time:
        found.append(_("%(share)s more time", share=format_percent(allowance.time / 100)))
    if allowance.closes is not None:
        found.append(_("open until %(moment)s", moment=when(allowance.closes)))
    return _("; ").join(found)


def when(at: int) -> str:
    """A moment (microseconds UTC) to the minute, in the reader's time zone and the interface's language.

    The zone is the reader's own and stays unsaid; UTC is named, since hardly anybody chose it.
    """
    zone = get_timezone()
    moment, locale = datetime.fromtimestamp(at / MICROSECONDS, UTC).astimezone(zone), get_locale()
    day, time = format_date(moment, "long", locale), format_time(moment, "short", locale=locale)
    said = str(get_datetime_format("long", locale)).format(time, day)
    return f"{said} UTC" if str(zone) == "UTC" else said


def day(at: int) -> str:
    """The day of a moment (microseconds UTC), in the reader's time zone and the interface's language."""
    moment = datetime.fromtimestamp(at / MICROSECONDS, UTC).astimezone(get_timezone())
    return format_date(moment, "long", get_locale())


def left_over(seconds: int) -> str:
    """How much time is left, in words: whole hours from two on, rounded down, else as `lasting` says it."""
    return lasting(seconds - seconds % HOUR if seconds >= 2 * HOUR else seconds)


def lasting(seconds: int) -> str:
    """A length of time in words, such as `30 minutes`: whole days from two on, hours from two on, else minutes."""
    if seconds >= 2 * DAY and seconds % DAY == 0:
        return counted(seconds // DAY, "day")
    if seconds >= 2 * HOUR:
        return hours(seconds // 60)
    return counted(seconds // 60, "minute") if seconds >= 60 else counted(seconds, "second")
