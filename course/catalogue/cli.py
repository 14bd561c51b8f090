"""`course publish`: what stands in the files becomes what learners see."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from course.catalogue.folder import Outcome, publish_folder
from course.config import Config
from course.content.compiled import CompiledSource
from course.content.cores import across_cores
from course.content.gather import Job

PATIENCE = 1.0
"""Seconds without a progress bar."""


@click.command("publish")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds lessons/ and quizzes/. [default: the configured one, else here]",
)
@with_appcontext
def publish(root: Path | None) -> None:
    """Publish the courses in lessons/ and quizzes/.

    Each course is published as a whole or not at all: with an error in it, learners keep what they have. Publishing
    twice without a change makes nothing new. Exit code 1 when a course was refused.
    """
    config: Config = current_app.config["COURSE"]
    outcomes = [told(outcome) for outcome in publish_folder(root or config.root, with_progress)]
    if not outcomes:
        click.echo("There is no course in lessons/.", err=True)
    sys.exit(1 if any(outcome.refused for outcome in outcomes) else 0)


def told(outcome: Outcome) -> Outcome:
    """Print what became of a course, and what an author can mend."""
    for finding in outcome.findings:
        click.echo(str(finding), err=True)
    for change in outcome.changes if outcome.number != 1 else ():
        click.echo(f"  {change.what:8} {change.path}")
    if outcome.refused:
        click.echo(f"{outcome.course or 'lessons/'}: not published. {outcome.refused}", err=True)
    elif outcome.number is None:
        click.echo(f"{outcome.course}: nothing has changed.")
    else:
        click.echo(f"{outcome.course}: published, number {outcome.number} ({_files(len(outcome.changes))}).")
    return outcome


def with_progress(jobs: list[Job]) -> Iterator[CompiledSource]:
    """Compile, on all cores where there is much to do, with a bar once that has taken a second; on terminals only."""
    started = time.monotonic()
    with ExitStack() as later:
        bar = None
        for done, made in enumerate(across_cores()(jobs), start=1):
            yield made
            if bar is not None:
                bar.update(1)
            elif sys.stderr.isatty() and time.monotonic() - started > PATIENCE:
                bar = later.enter_context(click.progressbar(length=len(jobs), label="Compiling", file=sys.stderr))
                bar.update(done)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"
