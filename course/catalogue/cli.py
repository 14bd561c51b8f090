"""`course publish` and `course pull`: what stands in the files becomes what learners see, and the other way."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from course.catalogue.folder import Outcome, publish_folder
from course.catalogue.pulling import Pulled, pull_folder
from course.config import Config
from course.content.compiled import CompiledSource
from course.content.cores import across_cores
from course.content.gather import Job

PATIENCE = 1.0
"""Seconds without a progress bar."""


CONFLICTS = 3
"""Exit code: done, and somebody has to choose between conflict markers."""

_root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds lessons/ and quizzes/.  [default: the configured one, else here]",
)


@click.command("publish")
@_root
@click.option("--note", default="", help="Why, for the history of publications.")
@click.option("--take-back", is_flag=True, help="Also what makes a file again as it was before the browser changed it.")
@with_appcontext
def publish(root: Path | None, note: str, take_back: bool) -> None:
    """Publish the courses in lessons/ and quizzes/.

    Each course is published as a whole or not at all: with an error in it, learners keep what they have. Publishing
    twice without a change makes nothing new.

    When somebody has published since, in the browser or from another folder, nothing is overwritten: it is refused,
    and `course pull` brings their changes first. Exit code 1 when a course was refused.
    """
    config: Config = current_app.config["COURSE"]
    done = publish_folder(root or config.root, with_progress, note=note, take_back=take_back)
    outcomes = [told(outcome) for outcome in done]
    if not outcomes:
        click.echo("There is no course in lessons/.", err=True)
    sys.exit(1 if any(outcome.refused for outcome in outcomes) else 0)


@click.command()
@click.argument("courses", nargs=-1, metavar="[COURSE]...")
@_root
@click.option("--merge", is_flag=True, help="Bring both together where both sides changed, with conflict markers.")
@with_appcontext
def pull(courses: tuple[str, ...], root: Path | None, merge: bool) -> None:
    """Bring what is published into lessons/ and quizzes/.

    Without COURSE, the courses that are there; all that are published, in a folder that has none. What you have
    changed and not published is never overwritten: where others published as well, `--merge` is needed. It leaves
    conflict markers where both changed the same lines, and `course check` finds them.

    \b
    Exit codes: 0 done, or nothing to do; 1 refused, and nothing was written; 2 the command was not understood;
    3 merged, and in some files somebody has to choose.
    """
    config: Config = current_app.config["COURSE"]
    done = [_told(pulled) for pulled in pull_folder(root or config.root, courses, merge=merge)]
    if not done:
        click.echo("No course is published.", err=True)
    refused = any(pulled.refused for pulled in done)
    sys.exit(1 if refused else CONFLICTS if any(pulled.conflicts for pulled in done) else 0)


def _told(pulled: Pulled) -> Pulled:
    for path, what in pulled.changes.items() if pulled.how != "new" else ():
        click.echo(f"  {what:8} {path}")
    if pulled.refused:
        click.echo(f"{pulled.course}: not pulled: {pulled.refused}", err=True)
    elif pulled.how == "same":
        click.echo(f"{pulled.course}: is at publication {pulled.number}.")
    elif pulled.how == "ahead":
        click.echo(f"{pulled.course}: came from publication {pulled.number}, with changes to publish.")
    else:
        click.echo(f"{pulled.course}: now at publication {pulled.number} ({_files(len(pulled.changes))}).")
    if pulled.conflicts:
        click.echo(
            f"{pulled.course}: choose in {_files(len(pulled.conflicts))}: {', '.join(pulled.conflicts)}", err=True
        )
    return pulled


def told(outcome: Outcome) -> Outcome:
    """Print what became of a course, and what an author can mend."""
    for finding in outcome.findings:
        click.echo(str(finding), err=True)
    for change in outcome.changes if outcome.number != 1 else ():
        click.echo(f"  {change.what:8} {change.path}")
    if outcome.refused:
        click.echo(f"{outcome.course or 'lessons/'}: not published. {outcome.refused}", err=True)
    elif outcome.standing.how == "behind" and outcome.standing.current:
        now = outcome.standing.current
        click.echo(f"{outcome.course}: publication {now.number} ({now.origin}) is newer. Bring it here: course pull")
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
