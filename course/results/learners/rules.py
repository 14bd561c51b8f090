"""When an allowance would change nothing, and why. Decisions over a quiz's rules; moments are microseconds UTC."""

from flask_babel import gettext as _

from course.learning.assessment.models import Allowance
from course.learning.assessment.words import when
from course.quiz.model import Rules


def is_nothing(allowance: Allowance) -> bool:
    """Whether it allows nothing: it took back what was allowed before."""
    return not (allowance.attempts or allowance.time or allowance.closes)


def idle(rules: Rules, attempts: int, time: int, closes: int | None) -> list[tuple[str, str]]:
    """What of it changes nothing at a quiz with these rules: pairs of a field and the reason."""
    found = []
    if attempts and rules.attempts is None:
        found.append(("attempts", _("This quiz may be taken as often as one likes.")))
    if time and rules.time_limit is None:
        found.append(("time", _("This quiz has no time limit.")))
    if closes is not None and rules.closes is None:
        found.append(("closes", _("This quiz does not close.")))
    elif closes is not None and rules.closes is not None and closes <= rules.closes:
        found.append(
            ("closes", _("It closes on %(moment)s for everybody. Name a later one.", moment=when(rules.closes)))
        )
    return found
