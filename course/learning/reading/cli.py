"""`course verify`: work out from the log what is stored, and compare."""

import sys

import click
from flask.cli import with_appcontext

from course.learning.reading.verify import differences, enrolments


@click.command()
@with_appcontext
def verify() -> None:
    """Work out every grade and all progress anew from the log, and compare with what is stored.

    Changes nothing, and can be run at any time while people learn. Prints what differs; exit code 1 if anything does.
    """
    found = 0
    length = enrolments()
    with click.progressbar(
        differences(), length=length, label="Verifying", hidden=not sys.stderr.isatty(), file=sys.stderr
    ) as looked_at:
        for sentences in looked_at:
            found += len(sentences)
            for sentence in sentences:
                click.echo(sentence)
    click.echo(f"{length} enrolments: {found or 'no'} difference{'' if found == 1 else 's'} from the log.", err=True)
    sys.exit(1 if found else 0)
