"""What learners' answers say about the questions of a file, for the trainer who writes them."""

from collections.abc import Sequence
from dataclasses import dataclass

from course.authoring.queries import State
from course.content.compiled import QuizHead
from course.markup.html import plain
from course.quiz.statistics import ItemStatistics, Verdict, verdicts
from course.results.items.queries import Analysis, analysis
from course.results.scope import Scope


@dataclass(frozen=True, slots=True)
class Numbers:
    """A question's figures, as published; `line` is where it stands in the text. `item` is its page in the results."""

    id: str
    words: str
    line: int
    item: int
    figures: ItemStatistics
    verdicts: tuple[Verdict, ...]


def of_quiz(state: State, head: QuizHead | None) -> Sequence[Numbers]:
    """The figures of the questions that stand in a quiz's file and were published, in the order of the file."""
    published = state.published
    quiz = next((name for name in _names(head) if name in published.outline.quizzes), None)
    if head is None or quiz is None:
        return []
    found = analysis(published, quiz, Scope(published.course_id))
    known = _by_item(found)
    rows = []
    for name, asked in head["asked"].items():
        was = (name, *asked["names"])
        items = (published.items.get(("question", f"{quiz}/{old}")) for old in was)
        item = next((item for item in items if item in known), None)
        if item is not None:
            question, figures = known[item]
            rows.append(Numbers(name, question, asked["at"][0], item, figures, verdicts(figures)))
    return rows


def _names(head: QuizHead | None) -> tuple[str, ...]:
    return () if head is None else tuple(name for name in (head["id"], head["was"]) if name)


def _by_item(found: Analysis) -> dict[int | None, tuple[str, ItemStatistics]]:
    return {
        item: (plain(question.prompt), figures)
        for (item, question), figures in zip(found.questions.items(), found.figures.items, strict=True)
    }
