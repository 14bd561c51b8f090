"""`course audit`: whether the audit log is what was written."""

import sys

import click
from flask.cli import with_appcontext

from course.people.audit import verify as chain


@click.group()
def audit() -> None:
    """The log of who did what to whom.

    \b
    Examples:
      course audit verify
      course audit verify --known 5f2c...
    """


@audit.command()
@click.option("--known", default="", metavar="LINK", help="A last link, noted before: it has to be there still.")
@with_appcontext
def verify(known: str) -> None:
    """Work out every link of the audit log anew, and name the first that is broken.

    Each entry holds a digest of itself and of the one before it, so no entry can be changed, taken out or put in
    without breaking all links after it. What a chain alone cannot show is that its newest entries were cut off: note
    the last link that this prints, somewhere else, and name it with --known the next time.

    Changes nothing. Exit code 1 where a link is broken, or the known one is not there.
    """
    found = chain.verify(known.strip().lower())
    entries = f"{found.entries} {'entry' if found.entries == 1 else 'entries'}"
    if found.broken is not None:
        click.echo(f"Broken at entry {found.broken}: {found.why}. The {entries} before it hold.")
        sys.exit(1)
    if not found.met:
        click.echo(f"The chain of {entries} holds, but the known link is not in it: newer entries were cut off.")
        sys.exit(1)
    click.echo(f"The chain of {entries} holds. Last link: {found.last or 'none'}")
