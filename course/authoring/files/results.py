"""Questions that do not work, at their lines in the files: what learners' answers say, with the rule that says so."""

from collections.abc import Iterator
from typing import Any

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.content.gather import Text
from course.content.layout import Layout
from course.errors import NotFound
from course.markup.findings import Finding, Place
from course.quiz.statistics import ItemStatistics, Verdict, verdicts
from course.quiz.statistics.verdicts import DOUBTFUL, WRONG
from course.results.items.queries import analysis
from course.results.scope import Scope

RULES: dict[Verdict, tuple[str, str]] = {
    Verdict.REVERSED: (
        "who does well in the rest of the quiz does worse here, beyond chance",
        "look at its key first, then for words that lead astray",
    ),
    Verdict.GUESSED: (
        "it is answered no better than by guessing",
        "look at its key, and whether the lessons teach it",
    ),
    Verdict.DOUBTFUL: (
        f"it hardly tells who knows from who does not (discriminative efficiency below {DOUBTFUL} %)",
        "look for a second answer that could be right, and for wrong ones that nobody believes",
    ),
}
"""For each verdict of the statistics by which a question does not work: what it means, and what to do."""


def results_of(layout: Layout, simulated: bool = False) -> Iterator[Finding]:
    """A warning at each question of the files that does not work as it was answered so far.

    Questions are found by their ids, also by those that they had before. Of real learners, or of the simulated ones.
    """
    try:
        published = catalogue.published(layout.sources.pack.course)
    except NotFound:
        return  # nobody can have answered
    figures = _figures(published, simulated)
    for text in layout.quizzes.values():
        for question, head in text.head["asked"].items():
            item = _item(published, text, question, head["names"])
            if item in figures:
                yield from found(text.at(head["at"]), question, figures[item])


def found(place: Place, question: str, figures: ItemStatistics) -> Iterator[Finding]:
    """What the figures of a question say against it; nothing where it works, or too few have answered."""
    for verdict in verdicts(figures):
        if verdict in WRONG:
            what, remedy = RULES[verdict]
            message = f'"{question}" does not work: {what} ({_numbers(figures)})'
            yield Finding(place, f"results-{verdict}", message, f"rule `{verdict}`: {remedy}", "warning")


def _numbers(figures: ItemStatistics) -> str:
    """`45 attempts, 62 % right, discrimination -31`."""
    numbers = [f"{figures.attempts} attempts"]
    if figures.facility is not None:
        numbers.append(f"{float(100 * figures.facility):.0f} % right")
    if figures.discrimination_index is not None:
        numbers.append(f"discrimination {figures.discrimination_index:.0f}")
    return ", ".join(numbers)


def _figures(published: Published, simulated: bool) -> dict[int, ItemStatistics]:
    """The figures of every question of every quiz that is published, by its item."""
    scope = Scope(published.course_id, simulated=simulated)
    known: dict[int, ItemStatistics] = {}
    for quiz in published.outline.quizzes:
        made = analysis(published, quiz, scope)
        known.update(zip(made.questions, made.figures.items, strict=True))
    return known


def _item(published: Published, text: Text[Any], question: str, before: list[str]) -> int | None:
    """The item of a question, under the names of its quiz and its own, those they had before among them."""
    quizzes = [name for name in (text.head["id"], text.head["was"]) if name]
    names = [f"{quiz}/{name}" for quiz in quizzes for name in (question, *before)]
    return next((published.items["question", name] for name in names if ("question", name) in published.items), None)
