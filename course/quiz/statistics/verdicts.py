"""What the figures say about a question, and whether there are enough answers to say anything."""

from enum import StrEnum

from course.quiz.statistics.analysis import ItemStatistics

FEWEST = 20
"""Attempts below which nothing is said about a question: its facility would be right to within 20 points at best."""

DOUBTFUL = 15
"""Discriminative efficiency, in percent, below which a question is doubtful (Moodle's threshold)."""

EASY, HARD = 95, 20
"""Facility, in percent, above which nearly everybody, below which hardly anybody knows the answer."""


class Verdict(StrEnum):
    """Why a question deserves a look."""

    TOO_FEW = "too few"
    REVERSED = "reversed"
    GUESSED = "guessed"
    DOUBTFUL = "doubtful"
    EASY = "easy"
    HARD = "hard"


WRONG = frozenset({Verdict.REVERSED, Verdict.GUESSED, Verdict.DOUBTFUL})
"""Verdicts by which a question does not work; an easy or a hard one may be meant so."""


def enough(s: int) -> bool:
    """Whether so many attempts are enough to say something about a question."""
    return s >= FEWEST


def verdicts(item: ItemStatistics) -> tuple[Verdict, ...]:
    """What is notable about a question, the gravest first; nothing for one that does its work.

    Reversed: those who do well elsewhere do worse here, beyond chance. Guessed: no better than by guessing.
    Doubtful: its discriminative efficiency is below 15 %, unless nearly everybody knows the answer.
    """
    if not enough(item.attempts):
        return (Verdict.TOO_FEW,)
    share = None if item.facility is None else 100 * item.facility
    easy = share is not None and share > EASY
    found: list[Verdict] = []
    if item.discrimination_interval is not None and item.discrimination_interval.high < 0:
        found.append(Verdict.REVERSED)
    if item.facility is not None and item.random_guess_score and item.facility <= item.random_guess_score:
        found.append(Verdict.GUESSED)
    efficiency = item.discriminative_efficiency
    if efficiency is not None and efficiency < DOUBTFUL and not easy and Verdict.REVERSED not in found:
        found.append(Verdict.DOUBTFUL)
    if easy:
        found.append(Verdict.EASY)
    if share is not None and share < HARD:
        found.append(Verdict.HARD)
    return tuple(found)
