"""The `course` command. A room with commands of its own adds them from its own `cli.py`, loaded when called for."""

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flask import Flask

    from course.content.compiled import CompiledSource
    from course.content.gather import Compile, Job
    from course.markup.findings import Finding

ROOMS = {
    "analyse": "course.results.matrix.cli",
    "audit": "course.people.audit.cli",
    "backup": "course.backup.cli",
    "demo": "course.demo.cli",
    "export": "course.formats.cli",
    "import": "course.formats.cli",
    "new": "course.authoring.files.cli",
    "publish": "course.catalogue.cli",
    "pull": "course.catalogue.cli",
    "restore": "course.backup.cli",
    "schema": "course.authoring.files.cli",
    "translated": "course.authoring.files.translating",
    "translations": "course.authoring.files.translating",
    "user": "course.people.cli",
    "verify": "course.learning.reading.cli",
}
"""Commands that live in a room: name and module."""


class Commands(click.Group):
    """Loads a room only when one of its commands is called for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), *(n for n, module in ROOMS.items() if find_spec(module))])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in ROOMS and find_spec(ROOMS[name]):
            room = import_module(ROOMS[name])
            # `import` is a word of Python's own, and `translations` one of the pure rooms'.
            command: click.Command = getattr(room, f"{name}_", None) or getattr(room, name)
            return command
        return super().get_command(context, name)

    def invoke(self, context: click.Context) -> Any:
        from course.errors import CourseError

        try:
            return super().invoke(context)
        except CourseError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.pass_context
def main(context: click.Context) -> None:
    """Courses from Markdown: check them, publish them, serve them.

    A course is a pair of folders, lessons/<course>/ and quizzes/<course>/. Begin with:

    \b
      course check             find what is wrong with the courses here
      course serve             publish them and serve on http://127.0.0.1:8000

    Settings are environment variables, such as COURSE_INSTANCE (where the database lives, default
    `instance`), COURSE_DATABASE_URL, COURSE_PUBLIC_URL and COURSE_SMTP_URL.

    Exit codes: 0 all is well, 1 something is wrong (it is printed), 2 the command was not understood.
    """
    from flask.cli import ScriptInfo

    context.obj = ScriptInfo(create_app=installation, set_debug_flag=False)


def installation() -> "Flask":
    """The application on this installation's store, brought up to date first."""
    from course.serve import migrate

    app = application()
    migrate(app)
    return app


def application() -> "Flask":
    """The application. A setting that cannot be read is told, with exit code 1."""
    from course import create_app
    from course.config import Config

    try:
        return create_app(Config.from_environment())
    except ValueError as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.option("--host", envvar=["COURSE_HOST", "HOST"], help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", envvar=["COURSE_PORT", "PORT"], type=click.IntRange(1, 65535), help="[default: 8000]")
@click.option("--workers", envvar="COURSE_WORKERS", type=click.IntRange(0, 256), help="[default: one for each core]")
@click.option("--watch", is_flag=True, default=None, help="Publish what is saved in the files; reload the open page.")
def serve(host: str | None, port: int | None, workers: int | None, watch: bool | None) -> None:
    """Migrate the store, publish the courses here, and serve them.

    While there is no admin, a link is printed with which the first one sets up an account.

    \b
    Examples:
      course serve
      course serve --watch           while you write: errors show in the page and here
      PORT=8080 course serve
      COURSE_PUBLIC_URL=https://learn.example.org COURSE_TRUSTED_PROXIES=1 course serve
    """
    from course import serve as serving

    try:
        config = serving.settings(host=host, port=port, workers=workers, watch=watch)
        serving.serve(config)
    except (ValueError, serving.PortTaken) as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[DIR]")
@click.option("--with-results", is_flag=True, help="Also questions that do not work, by learners' answers so far.")
@click.option("--simulated", is_flag=True, help="Those of the simulated learners, not of real ones.")
def check(folder: Path, with_results: bool, simulated: bool) -> None:
    """Find what is wrong with the courses in DIR (default: here), and how to mend it.

    Reads DIR/lessons and DIR/quizzes and prints every finding as `file:line:column: what is wrong; how to
    mend it`. Nothing is published.

    With --with-results it reads this installation's answers too, and says at the line of each question that does
    not work which rule says so.

    \b
    Examples:
      course check
      course check tests/packs/small
      course check --with-results
    """
    from course.content.build import build
    from course.content.pack import read_packs
    from course.markup.findings import Findings

    findings = Findings()
    packs = read_packs(folder, findings)
    found = list(findings)
    for pack in packs:
        found += build(pack, compile_all=with_progress(f"Checking {pack.course}")).findings
    if with_results:
        found += results(folder, simulated)
    for finding in found:
        click.echo(str(finding))
    errors = sum(finding.severity == "error" for finding in found)
    click.echo(summary(len(packs), errors, len(found) - errors), err=True)
    sys.exit(1 if errors else 0)


def results(folder: Path, simulated: bool) -> "list[Finding]":
    """What learners' answers say against the questions of the courses in a folder."""
    from course.authoring.files.results import results_of
    from course.authoring.files.translating import layouts

    with installation().app_context():
        return [finding for layout in layouts(folder) for finding in results_of(layout, simulated)]


def with_progress(label: str) -> "Compile":
    """Compiles, on all cores where there are many files, with a bar on a terminal where it takes longer."""
    from course.content.cores import across_cores

    def compile_all(jobs: "list[Job]") -> "Iterator[CompiledSource]":
        with click.progressbar(
            across_cores()(jobs), length=len(jobs), label=label, hidden=not sys.stderr.isatty(), file=sys.stderr
        ) as bar:
            yield from bar

    return compile_all


def summary(courses: int, errors: int, warnings: int) -> str:
    """`2 courses: 1 error, no warnings`."""

    def many(number: int, thing: str) -> str:
        return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"

    return f"{many(courses, 'course')}: {many(errors, 'error')}, {many(warnings, 'warning')}"


@main.command()
def routes() -> None:
    """List every page: methods, path, and who may use it."""
    from course.web.access import rule_of

    app = application()
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        allowed = rule_of(app.view_functions[rule.endpoint])
        who = allowed.__name__.replace("_", " ") if allowed else "NOBODY (undeclared)"
        methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        click.echo(f"{methods:<9} {rule.rule:<70} {who}")


if __name__ == "__main__":
    main()
