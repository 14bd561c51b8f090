"""`course import` and `course export`: quizzes from and to other systems, translations from and to translators."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from course.formats.po_cli import po_in, po_out
from course.formats.report import Report

if TYPE_CHECKING:
    from course.formats.foreign import Bank
    from course.quiz.model import Quiz

BANKS = ("gift", "moodle-xml")
LOSSES = 3
"""Exit code: done, but not everything could be carried."""


@click.group("import")
def import_() -> None:
    """Bring in what other systems and translators' tools wrote.

    Exit codes: 0 everything was carried, 1 refused (nothing was written), 2 the command was not understood,
    3 written, and something could not be carried or is left to do.

    \b
    Examples:
      course import gift bank.gift quizzes/sse/7-bank.en.md
      course import moodle-xml questions.xml quizzes/sse/7-bank.fr.md --title "Ce que nous savons"
      course import po sse.fr.po lessons/sse
    """


@click.group()
def export() -> None:
    """Write for other systems, and for translators' tools.

    Exit codes: 0 everything was carried, 1 refused (nothing was written), 2 the command was not understood,
    3 written, and something could not be carried.

    \b
    Examples:
      course export gift quizzes/sse/1-understanding.en.md understanding.gift
      course export moodle-xml quizzes/sse/1-understanding.fr.md understanding.xml
      course export po lessons/sse sse.fr.po
    """


@click.command(short_help="Make a quiz out of a question bank.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("quiz", type=click.Path(dir_okay=False, path_type=Path), metavar="QUIZ.md")
@click.option("--title", default="", help="The quiz's title. [default: the category's name in FILE]")
@click.option("--force", is_flag=True, help="Overwrite QUIZ.md where it exists.")
@click.pass_context
def bank_in(context: click.Context, file: Path, quiz: Path, title: str, force: bool) -> None:
    """Make a quiz out of a question bank.

    QUIZ.md is named as in a pack, such as quizzes/sse/7-bank.en.md, which says its id and language. What cannot be
    carried is told, question by question; nothing of it is guessed. Look at the file and run `course check`.
    """
    if quiz.exists() and not force:
        raise click.ClickException(f"{quiz} exists. Name another file, or say --force to overwrite it.")
    bank = _read(str(context.info_name), file)
    from course.content.paths import classify
    from course.formats.landing import land

    here = classify("/".join(quiz.absolute().parts[-3:]))
    report = Report()
    stem = quiz.name.split(".")[0]
    name = stem.partition("-")[2] if stem[:1].isdigit() else stem
    language = here.language if here else "en"
    text, questions = land(bank, name or "quiz", title or bank.title or name, language, report)
    if not questions:
        _tell(file, report)
        raise click.ClickException("No question could be carried, so nothing was written.")
    if here is None or here.kind != "quiz":
        report.whole(f"`course check` looks for quizzes as quizzes/COURSE/1-name.en.md; {quiz} is not called like that")
    quiz.parent.mkdir(parents=True, exist_ok=True)
    quiz.write_text(text, "utf-8")
    _tell(file, report)
    click.echo(f"{quiz}: {_count(len(questions))} written. Give each an objective, and run `course check`.", err=True)
    sys.exit(LOSSES if report.notes else 0)


@click.command(short_help="Write a quiz as a question bank.")
@click.argument("quiz", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="QUIZ.md")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE where it exists.")
@click.pass_context
def bank_out(context: click.Context, quiz: Path, file: Path, force: bool) -> None:
    """Write a quiz as a question bank for another system.

    What the format cannot carry is told, at the line of the question in QUIZ.md.
    """
    if file.exists() and not force:
        raise click.ClickException(f"{file} exists. Name another file, or say --force to overwrite it.")
    from course.formats import gift_out, moodle_xml_out

    report = Report()
    write = gift_out.write if context.info_name == "gift" else moodle_xml_out.write
    text = write(_quiz(quiz), report)
    file.write_text(text, "utf-8")
    _tell(quiz, report)
    click.echo(f"{file} written.", err=True)
    sys.exit(LOSSES if len(report.notes) > 1 else 0)


for _kind in BANKS:
    import_.add_command(bank_in, _kind)
    export.add_command(bank_out, _kind)
import_.add_command(po_in)
export.add_command(po_out)


def _read(kind: str, file: Path) -> "Bank":
    from course.formats.foreign import Refused

    try:
        with file.open("rb") as opened:
            if kind == "gift":
                from course.formats import gift_in

                return gift_in.read(opened.read(gift_in.MOST_BYTES + 1))
            from course.formats import moodle_xml_in

            return moodle_xml_in.read(opened)
    except Refused as error:
        raise click.ClickException(f"{file}: {error}") from None


def _quiz(path: Path) -> "Quiz":
    """The quiz in a file, a translation with the points of its source. Its errors are printed; then it is refused."""
    from course.content.paths import classify
    from course.formats.quiz_file import read_quiz
    from course.markup.findings import Findings

    here = classify("/".join(path.absolute().parts[-3:]))
    findings = Findings()
    quiz = read_quiz(path, here.language if here else "en", findings)
    if quiz is None:
        for finding in findings:
            click.echo(str(finding), err=True)
        raise click.ClickException(f"{path} is no quiz that can be read; `course check` says more.")
    return quiz


def _tell(path: Path, report: Report) -> None:
    for note in report.notes:
        place = f"{path}:{note.line}" if note.line else str(path)
        click.echo("".join(char if char.isprintable() else " " for char in f"{place}: {note}"))


def _count(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"
