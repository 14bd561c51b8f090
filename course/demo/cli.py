"""`course demo`: an installation full of simulated learners."""

import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from course.catalogue import queries as catalogue
from course.catalogue.folder import publish_folder
from course.config import Config
from course.db import db
from course.demo.filling import fill
from course.learning.models import Enrolment
from course.people import simulated


@click.command("demo")
@click.option("--learners", type=click.IntRange(1, 5000), default=240, show_default=True, help="How many to simulate.")
@click.option("--course", default="sse", show_default=True, help="The course that they take, by its id.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed simulates the same learners.")
@with_appcontext
def demo(learners: int, course: str, seed: int) -> None:
    """Fill this installation with simulated learners, so that its pages can be looked at.

    They read and take quizzes in the languages of the course, over the last four months, by the same actions as real
    people. They are marked as simulated for ever: in their names, in a banner above every page that shows them, and in
    the database, so that no figure counts them with real learners. Nobody can sign in as one of them. What learners did
    is never deleted, so use an installation of its own (`make demo` does).

    \b
    Examples:
      COURSE_INSTANCE=instance/demo course demo
      COURSE_INSTANCE=instance/demo course serve
    """
    if simulated.how_many():
        raise click.ClickException("There are simulated learners here already; take a new COURSE_INSTANCE for others.")
    if db.session.scalar(select(Enrolment.id).limit(1)) is not None:
        raise click.ClickException(
            "Real people learn here, and nothing of this can be undone; take a new COURSE_INSTANCE."
        )
    config: Config = current_app.config["COURSE"]
    for _outcome in publish_folder(config.root) if not catalogue.courses() else ():
        pass
    published = catalogue.published(course)
    with click.progressbar(
        fill(published, learners, seed), learners, "Simulating", hidden=not sys.stderr.isatty(), file=sys.stderr
    ) as bar:
        done = sum(1 for _person in bar)
    click.echo(f"{done} simulated learners take the course {course}. Sign in as an admin and open its results.")
