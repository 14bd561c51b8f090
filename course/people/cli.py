"""`course user`: accounts from the command line."""

import sys

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from course.db import db, transaction
from course.people.actions import add_person, give_role
from course.people.courses import published_ids
from course.people.models import Account
from course.people.queries import by_identifier, roles
from course.people.rules import PASSWORD_LONGEST, PASSWORD_SHORTEST

ROLES = click.Choice(("learner", "trainer", "admin"))


@click.group()
def user() -> None:
    """Add people, list them, and change what they may do.

    \b
    Examples:
      course user add ada@example.org --role admin --password-stdin < password.txt
      course user add ben@example.org --role trainer --course sse --password-stdin
      course user role ben@example.org learner
      course user list
    """


@user.command()
@click.argument("email")
@click.option("--role", type=ROLES, default="learner", show_default=True)
@click.option("--course", default="", help="The course that a trainer trains, by its id.")
@click.option("--name", default="", help="As the person is addressed.")
@click.option("--language", type=click.Choice(("en", "fr", "es")), default="en", show_default=True)
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from standard input.")
@with_appcontext
def add(email: str, role: str, course: str, name: str, language: str, password_stdin: bool) -> None:
    """Add an account for EMAIL (or a user name), confirmed and active.

    The password is read from standard input, so that it stands in no list of processes and no history.

    \b
    Example:
      printf '%s' 'several words of your own' | course user add ada@example.org --role admin --password-stdin
    """
    password = sys.stdin.readline().rstrip("\r\n")
    if not PASSWORD_SHORTEST <= len(password) <= PASSWORD_LONGEST:
        raise click.ClickException(f"The password has to have {PASSWORD_SHORTEST} to {PASSWORD_LONGEST} characters.")
    with transaction():
        _check_course(role, course)
        add_person(email, password, role=role, course=course, name=name, language=language, confirmed=True)
    click.echo(f"{email} can sign in as {role}{f' of {course}' if course else ''}.")


@user.command("list")
@with_appcontext
def list_() -> None:
    """List all accounts: name to sign in with, roles, and what keeps somebody out."""
    with transaction():
        for account in db.session.scalars(select(Account).order_by(Account.person_id)):
            out = [
                word
                for word, is_so in (("unconfirmed", not account.confirmed), ("inactive", not account.active))
                if is_so
            ]
            click.echo("\t".join((account.email or account.username or "", ", ".join(roles(account.person_id)), *out)))


@user.command()
@click.argument("email")
@click.argument("role", type=ROLES)
@click.option("--course", default="", help="The course, for a trainer (or to end one trainership, with `learner`).")
@with_appcontext
def role(email: str, role: str, course: str) -> None:
    """Change what EMAIL may do: ROLE is learner, trainer or admin.

    `learner` takes every role away; with --course only the training of that course.
    """
    with transaction():
        found = by_identifier(email)
        if found is None:
            raise click.ClickException(f"There is no account {email}; `course user list` shows all.")
        _check_course(role, course)
        give_role(found.person_id, role, course=course)
    click.echo(f"{email} is {role}{f' of {course}' if course else ''} from now on.")


def _check_course(role: str, course: str) -> None:
    """A trainer of a course that is not there would train nothing, and a misspelt name would go unnoticed."""
    if role != "trainer" or not course:
        return
    known = published_ids()
    if course not in known:
        there = f"Published are: {', '.join(known)}." if known else "None is published yet: run `course publish` first."
        raise click.ClickException(f"There is no course {course!r}. {there}")
