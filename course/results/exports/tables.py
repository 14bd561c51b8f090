"""The tables that can be had as files: what is in each, and how its rows are read, some at a time.

Every part is read in a transaction of its own: nobody's answer waits for a long table, and a table of many rows tells
of the moment in which each part was read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from course.catalogue.published import Published
from course.errors import N_
from course.markup.html import plain
from course.quiz.statistics import verdicts
from course.results.exports import reading
from course.results.exports.writing import Column, Rows, Value
from course.results.gradebook import pages as gradebook
from course.results.gradebook.queries import Wanted, listed
from course.results.items import queries as items
from course.results.overview import queries as overview
from course.results.overview.rules import funnel
from course.results.scope import Scope

TITLES: Mapping[str, str] = {
    "gradebook": N_("Learners and grades"),
    "attempts": N_("Attempts"),
    "answers": N_("Answers"),
    "questions": N_("How the questions work"),
    "lessons": N_("Where learners stop"),
}
"""By name, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Table:
    columns: Sequence[Column]
    rows: Rows


def table(what: str, published: Published, scope: Scope, language: str) -> Table:
    """A table of a course's results, with headings in the interface's language and titles in `language`."""
    made: Mapping[str, Callable[[Published, Scope, str], Table]] = {
        "gradebook": _gradebook,
        "attempts": _attempts,
        "answers": _answers,
        "questions": _questions,
        "lessons": _lessons,
    }
    return made[what](published, scope, language)


def _learner() -> list[Column]:
    return [
        Column(_("Person"), _("the number of the learner in this installation"), "number"),
        Column(_("Learner"), _("name or user name; empty where the account was erased")),
    ]


def _gradebook(published: Published, scope: Scope, language: str) -> Table:
    quizzes = gradebook.quizzes(published, language)
    columns = [
        *_learner(),
        Column(_("Enrolled"), _("when, UTC"), "moment"),
        Column(_("Left"), _("when the learner left the course, UTC"), "moment"),
        Column(_("Last active"), _("when, UTC"), "moment"),
        Column(_("Done"), _("of what the course asks for, in percent"), "percent"),
        Column(_("Grade for the course"), _("mean of the grades so far by weight, in percent"), "percent"),
        *(Column(one.title, _grade_of(one), "percent") for one in quizzes),
    ]

    def rows() -> Iterator[Sequence[Value]]:
        for part in reading.parts(
            lambda after: listed(scope, Wanted(sort="oldest", after=("", after)), reading.AT_ONCE),
            lambda one: one.enrolment,
        ):
            for row in gradebook.rows(published, quizzes, part):
                who = row.learner
                cells = (cell.grade for cell in row.cells)
                yield who.person, who.name, who.at, who.ended, row.active, row.progress, row.total, *cells

    return Table(columns, rows())


def _grade_of(one: gradebook.Quizzed) -> str:
    if one.rules.practice:
        return _("practice; it has no grade")
    return _("grade of the quiz, in percent; weight %(number)s", number=one.rules.weight)


def _attempts(published: Published, scope: Scope, language: str) -> Table:
    columns = [
        Column(_("Attempt"), _("its number in this installation"), "number"),
        *_learner(),
        Column(_("Quiz"), _("its id in the course")),
        Column(_("Title"), _("of the quiz")),
        Column(_("Number"), _("the learner’s first, second, … attempt at the quiz"), "number"),
        Column(_("Started"), _("when, UTC"), "moment"),
        Column(_("Handed in"), _("when, UTC; empty while it is under way"), "moment"),
        Column(_("Took"), _("in seconds"), "number"),
        Column(_("Why"), _("`submitted` by the learner, or `overdue`: its time was over")),
        Column(_("Grade"), _("in percent"), "percent"),
        Column(_("Waits"), _("1 where an answer waits for marking, so that the grade may still rise"), "number"),
        Column(_("Set aside"), _("1 where it counts no more"), "number"),
    ]
    titles = {one.item: (one.id, one.title) for one in gradebook.quizzes(published, language)}
    return Table(columns, reading.attempts(scope, titles))


def _answers(published: Published, scope: Scope, _language: str) -> Table:
    columns = [
        Column(_("Attempt"), _("its number in this installation"), "number"),
        Column(_("Person"), _("the number of the learner in this installation"), "number"),
        Column(_("Quiz"), _("its id in the course")),
        Column(_("Question"), _("its id, with the id of its quiz where that is another one")),
        Column(_("Position"), _("where it stood in the attempt, from 1"), "number"),
        Column(_("Language"), _("in which it was answered")),
        Column(_("Answer"), _("the one that counts, in the ids of choices and parts; empty where there is none")),
        Column(_("Text"), _("what was written, for written answers")),
        Column(_("Received"), _("when, UTC"), "moment"),
        Column(_("Points"), _("that the question is worth"), "number"),
        Column(_("Mark"), _("points earned; empty while the answer waits for marking"), "number"),
        Column(_("Marked by"), _("the person’s number; empty for the engine"), "number"),
    ]
    names = {published.item("quiz", name): name for name in published.outline.quizzes}
    return Table(columns, reading.answers(scope, names))


def _questions(published: Published, scope: Scope, _language: str) -> Table:
    columns = [
        Column(_("Quiz"), _("its id in the course")),
        Column(_("Question"), _("its id")),
        Column(_("Prompt"), _("in the source language")),
        Column(_("Attempts"), _("first finished attempts in which it was asked and marked"), "number"),
        Column(_("Facility"), _("mean mark, in percent of the points"), "percent"),
        Column(_("Standard deviation"), _("of the marks, in percent of the points"), "percent"),
        Column(_("Random guess score"), _("what guessing earns, in percent"), "percent"),
        Column(_("Intended weight"), _("of the points, in percent"), "percent"),
        Column(_("Effective weight"), _("of the spread of totals, in percent"), "percent"),
        Column(_("Discrimination index"), _("correlation with the rest of the quiz, in percent"), "percent"),
        Column(_("Discriminative efficiency"), _("in percent of what these marks make possible"), "percent"),
        Column(_("Notable"), _("what the figures say, in words of the program; empty for nothing")),
    ]

    def rows() -> Iterator[Sequence[Value]]:
        for quiz in published.outline.quizzes:
            found = items.analysis(published, quiz, scope)
            for question, one in zip(found.questions.values(), found.figures.items, strict=True):
                most = one.maximum or 1
                spread = None if one.standard_deviation is None else float(one.standard_deviation) / float(most)
                words = " ".join(map(str, verdicts(one)))
                yield (
                    quiz, question.id, plain(question.prompt), one.attempts, one.facility, spread,
                    one.random_guess_score, _share(one.intended_weight), _share(one.effective_weight),
                    _share(one.discrimination_index), _share(one.discriminative_efficiency), words,
                )  # fmt: skip

    return Table(columns, rows())


def _share(percents: Fraction | float | None) -> float | None:
    return None if percents is None else float(percents) / 100


def _lessons(published: Published, scope: Scope, language: str) -> Table:
    columns = [
        Column(_("Kind"), _("`lesson` or `quiz`")),
        Column(_("Id"), _("in the course")),
        Column(_("Title"), _("in the language of the page")),
        Column(_("Done by"), _("learners"), "number"),
        Column(_("Share"), _("of all who enrolled, in percent"), "percent"),
        Column(_("Fewer"), _("learners than before it"), "number"),
    ]

    def rows() -> Iterator[Sequence[Value]]:
        enrolled = overview.learners(scope, 0).enrolled
        for stop in funnel(published, overview.done(scope), enrolled):
            outline = published.lesson(stop.name) if stop.kind == "lesson" else published.quiz(stop.name)
            yield stop.kind, stop.name, published.text(outline.titles, language), stop.done, stop.share, stop.lost

    return Table(columns, rows())
