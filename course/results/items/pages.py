"""What the pages of item analysis show, gathered for their templates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.errors import NotFound
from course.markup.html import plain
from course.quiz import EVERYTHING, arrange, key, view
from course.quiz.model import Question
from course.quiz.statistics import FEWEST, ItemStatistics, Verdict, verdicts
from course.results.items import queries, rules
from course.results.items.queries import Analysis
from course.results.scope import Scope

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A question in the list, with its words in the page's language."""

    item: int
    question: Question
    words: str
    figures: ItemStatistics
    verdicts: tuple[Verdict, ...]

    @property
    def notable(self) -> bool:
        return bool(self.verdicts) and Verdict.TOO_FEW not in self.verdicts


SORTS: Mapping[str, Callable[[Row], float]] = {
    "facility": lambda row: _first(row.figures.facility),
    "discrimination": lambda row: _first(row.figures.discrimination_index),
    "efficiency": lambda row: _first(row.figures.discriminative_efficiency),
    "attempts": lambda row: row.figures.attempts,
}


def items(published: Published, quiz_id: str, scope: Scope, number: int | None, sort: str, language: str) -> Context:
    found = queries.analysis(published, quiz_id, scope, number)
    rows = _rows(published, found, language)
    name = sort.removeprefix("-")
    if name in SORTS:
        rows.sort(key=SORTS[name], reverse=sort.startswith("-"))
    return _common(published, quiz_id, found, number, language) | {"rows": rows, "sort": sort if name in SORTS else ""}


def item(published: Published, quiz_id: str, wanted: int, scope: Scope, number: int | None, language: str) -> Context:
    """One question. Raises NotFound for one that is not among the quiz's."""
    found = queries.analysis(published, quiz_id, scope, number)
    rows = {row.item: row for row in _rows(published, found, language)}
    row = rows.get(wanted)
    if row is None:
        raise NotFound
    spoken = _spoken(published, row.item, row.question, language)
    order = arrange(row.question, 0)
    shown = view(spoken, order, key(spoken), language, EVERYTHING, "q", locked=True)
    spread = found.spreads[row.item]
    return _common(published, quiz_id, found, number, language) | {
        "row": row, "view": shown, "sizes": spread.sizes, "choices": rules.choices(spoken, spread),
    }  # fmt: skip


def _common(published: Published, quiz_id: str, found: Analysis, number: int | None, language: str) -> Context:
    return {
        "quiz_id": quiz_id,
        "title": published.text(published.quiz(quiz_id).titles, language),
        "figures": found.figures,
        "revisions": found.revisions,
        "publications": queries.publications(published, quiz_id),
        "number": number,
        "fewest": FEWEST,
        "most": queries.MOST,
    }


def _rows(published: Published, found: Analysis, language: str) -> list[Row]:
    return [
        Row(item, question, plain(_spoken(published, item, question, language).prompt), figures, verdicts(figures))
        for (item, question), figures in zip(found.questions.items(), found.figures.items, strict=True)
    ]


def _spoken(published: Published, item: int, question: Question, language: str) -> Question:
    """The question in the page's language, where the current publication has it so."""
    name = published.names.get(item)
    if name is None:
        return question
    bank, question_id = name[1].split("/", 1)
    questions = catalogue.quiz(published, bank, language).questions
    return next((one for one in questions if one.id == question_id and one.type == question.type), question)


def _first(figure: Any) -> float:
    """For sorting: what is not defined comes before everything."""
    return float("-inf") if figure is None else float(figure)
