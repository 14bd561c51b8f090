"""Questions as Markdown: what a type's `write` is made of."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.markup.writing import blocks, line
from course.quiz.model import Html

if TYPE_CHECKING:
    from course.quiz.choices import Choice


def choices(listed: Sequence["Choice"], mark: str) -> list[str]:
    """The lines of `( )` or `[ ]`, each with its feedback under it."""
    lines = []
    for at, choice in enumerate(listed, start=1):
        marked = mark.replace(" ", "x") if choice.key else mark
        lines += [f"- {marked} {line(choice.text)}{own_id(choice.id, at)}", *quote(choice.feedback, "  ")]
    return lines


def own_id(name: str, number: int) -> str:
    """The `{#id}` of a thing in a list, where it is not its number."""
    return "" if name == str(number) else f" {{#{name}}}"


def quote(feedback: Html, indent: str = "") -> list[str]:
    """Feedback as a quotation."""
    return [f"{indent}> {text}".rstrip(" ") for text in blocks(feedback).split("\n")] if feedback else []


def wrong(answer: str, feedback: Html) -> str:
    """The line for a foreseen wrong answer, which is Markdown already."""
    space = "  " if answer.endswith("\\") else " "  # An arrow right after a backslash and a space is an escaped one.
    return f"= wrong: {answer}{space}> {line(feedback)}"


def typed(texts: Sequence[str]) -> str:
    """Words that are typed, as alternatives beside each other."""
    return " | ".join(spelled(text) for text in texts)


def spelled(text: str) -> str:
    """One of several alternatives: no sign in it says anything to the grammar."""
    return re.sub(r"^(wrong):", r"\1\\:", re.sub(r"[\\|<>]|^[=(]", r"\\\g<0>", text), flags=re.IGNORECASE)


def table(header: Sequence[Html], rows: Sequence[Sequence[Html]], ids: Sequence[str] = ()) -> list[str]:
    """A table; `ids` are what the first cells of its rows end with."""
    named = [*ids, *[""] * (len(rows) - len(ids))]
    body = [_row(row, own) for row, own in zip(rows, named, strict=True)]
    return [_row(header), f"|{'---|' * len(header)}", *body]


def _row(cells: Sequence[Html], own: str = "") -> str:
    # Whoever reads the cells (`tables`) takes one backslash from each bar, in code too.
    first, *rest = [line(cell).replace("|", "\\|") for cell in cells]
    return f"| {' | '.join([f'{first}{own}', *rest])} |"
