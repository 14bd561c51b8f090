"""Objectives, and the questions that show whether they are met."""

from course.content.compiled import LessonHead, QuizHead
from course.content.gather import Text
from course.content.layout import Layout
from course.content.schema import suggest


def check_objectives(layout: Layout) -> None:
    """A question's objective exists; an objective without a question is worth a word."""
    lessons = list(layout.lessons.values())
    known = {objective for text in lessons for objective in text.head["objectives"]}
    asked: set[str] = set()
    for text in layout.texts():
        asked |= _asked(text, known, layout)
    for text in lessons:
        for objective in text.head["objectives"]:
            if objective not in asked and "question" not in layout.unsure:
                place = text.at(text.head["places"].get(f"objectives.{objective}"))
                message = f'no question asks about the objective "{objective}"'
                layout.findings.warn(place, "unasked-objective", message, f"add `objective={objective}` to a question")


def _asked(text: Text[LessonHead] | Text[QuizHead], known: set[str], layout: Layout) -> set[str]:
    """The objectives that the questions of a file name."""
    found: set[str] = set()
    for question in text.head["asked"].values():
        objective = question["objective"]
        if objective is None:
            continue  # `course.quiz.style` says so
        if objective not in known and "objective" in layout.unsure:
            continue
        if objective not in known:
            message = f'there is no objective "{objective}"'
            layout.findings.error(text.at(question["at"]), "unknown-id", message, suggest(objective, known))
        else:
            found.add(objective)
    return found
