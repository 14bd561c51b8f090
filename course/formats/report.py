"""What a format cannot carry, question by question, in words for whoever moves a quiz."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Note(NamedTuple):
    """One thing that did not go along. `line` is the question's, 0 where that is not known or it is about the whole."""

    line: int
    question: str
    text: str

    def __str__(self) -> str:
        return f"{self.question}: {self.text}" if self.question else self.text


@dataclass(slots=True)
class Report:
    """Notes in the order of the questions; each is said once."""

    notes: list[Note] = field(default_factory=list)

    def about(self, line: int, question: str) -> "About":
        return About(self, line, question)

    def whole(self, text: str) -> None:
        """A note on the quiz as a whole."""
        self.about(0, "")(text)


class About(NamedTuple):
    """Takes the notes on one question."""

    report: Report
    line: int
    question: str

    def __call__(self, text: str) -> None:
        note = Note(self.line, self.question, text)
        if note not in self.report.notes:
            self.report.notes.append(note)
