"""What of a question may be shown when. Every view asks here; nothing else decides it."""

from dataclasses import dataclass
from typing import TypeVar

from course.quiz.model import NOTHING, Phase, Release, Rules, Thing

T = TypeVar("T")

PHASES: tuple[Phase, ...] = ("during", "submitted", "closed")


def phase(*, attempt_open: bool, more_attempts: bool) -> Phase:
    """Where a learner stands with an attempt: while it is open, while they may still try again, and after that.

    `more_attempts` is False when none is left and when the quiz takes none any more (an edition's closing date).
    """
    if attempt_open:
        return "during"
    return "submitted" if more_attempts else "closed"


def released(rules: Rules, phase: Phase, *, answered: bool = True) -> Release:
    """What the rules release in a phase. What was released earlier stays released.

    During an attempt nothing is shown about a question that has no answer yet.
    """
    if phase == "during" and not answered:
        return NOTHING
    reached = PHASES[: PHASES.index(phase) + 1]
    return frozenset(thing for earlier in reached for thing in rules.release.get(earlier, NOTHING))


@dataclass(frozen=True, slots=True)
class Curtain:
    """Handed to a question type while it builds its view: what is not released comes out as None."""

    release: Release

    def correctness(self, value: T) -> T | None:
        return self._show("correctness", value)

    def marks(self, value: T) -> T | None:
        return self._show("marks", value)

    def feedback(self, value: T) -> T | None:
        return self._show("feedback", value)

    def key(self, value: T) -> T | None:
        return self._show("key", value)

    def _show(self, thing: Thing, value: T) -> T | None:
        return value if thing in self.release else None
