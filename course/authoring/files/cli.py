"""`course new` and `course schema`: a beginning for every file of a pack, and what helps an editor to complete it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import click

from course.content import scaffold
from course.content.build import build
from course.content.pack import FOLDERS, Pack, read_pack
from course.content.scaffold.make import Texts
from course.content.schemas import schemas

_ROOT = click.option(
    "--root",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds lessons/ and quizzes/.  [default: here]",
)
_TITLE = click.option("--title", default="", help="What learners see.  [default: made from the name]")


@click.group()
def new() -> None:
    """Begin a course, module, lesson or quiz: files that pass `course check` and say what to write in them.

    Nothing that is there is overwritten. A translation is begun for each complete language of the course.

    \b
    Examples:
      course new course bread --language en --language fr
      course new module bread/dough
      course new lesson bread/dough/flour --title "Choosing flour"
      course new quiz bread/dough          after the lessons of the module `dough`
      course new quiz bread/final          after the last module
    """


@new.command("course")
@click.argument("name")
@_TITLE
@click.option("--language", "languages", multiple=True, default=("en",), show_default=True, help="The first: source.")
@_ROOT
def new_course(name: str, title: str, languages: tuple[str, ...], root: Path) -> None:
    """Begin a course with one module, one lesson and one quiz."""
    if any((root / folder / name).exists() for folder in FOLDERS):
        raise click.ClickException(f"There is a course `{name}` already. Choose another name.")
    tags = tuple(dict.fromkeys(languages))
    _write(root, Pack(name, {}), lambda: scaffold.new_course(name, title or _title(name), tags))


@new.command("module")
@click.argument("name", metavar="COURSE/NAME")
@_TITLE
@_ROOT
def new_module(name: str, title: str, root: Path) -> None:
    """Begin a module with its first lesson, after the others."""
    course, name = _parts(name, 2)
    pack = _pack(root, course)
    _write(root, pack, lambda: scaffold.new_module(pack, name, title or _title(name)))


@new.command("lesson")
@click.argument("name", metavar="COURSE/MODULE/NAME")
@_TITLE
@_ROOT
def new_lesson(name: str, title: str, root: Path) -> None:
    """Begin a lesson, after the others of its module."""
    course, module, name = _parts(name, 3)
    pack = _pack(root, course)
    _write(root, pack, lambda: scaffold.new_lesson(pack, module, name, title or _title(name)))


@new.command("quiz")
@click.argument("name", metavar="COURSE/NAME")
@click.option("--module", help="The module after whose lessons it stands.  [default: the one called NAME, else none]")
@_TITLE
@_ROOT
def new_quiz(name: str, module: str | None, title: str, root: Path) -> None:
    """Begin a quiz: after a module's lessons, or after the last module."""
    course, name = _parts(name, 2)
    pack = _pack(root, course)
    _write(root, pack, lambda: scaffold.new_quiz(pack, name, title or _title(name), module))


@click.command()
@click.argument("folder", default="schemas", type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]")
def schema(folder: Path) -> None:
    """Write JSON Schemas of a pack's YAML into DIR (default: schemas), for editors that complete and explain it.

    For course.yaml, module.yaml, and the front matter of lessons, quizzes and translated quizzes. The README says how
    an editor uses them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in schemas().items():
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", "utf-8")
        click.echo(path)


def _write(root: Path, pack: Pack, make: Callable[[], Texts]) -> None:
    """Write what was made, if all of it is new and the course has no error with it."""
    try:
        files = make()
    except scaffold.Refused as error:
        raise click.ClickException(str(error)) from None
    _check(pack, files)
    changed = [path for path in files if path in pack.files]
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("w" if path in changed else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        click.echo(f"{'changed' if path in changed else 'new':8} {path}")
    click.echo("Each says what to write in it. `course check` tells what is wrong, `course serve` shows it.", err=True)


def _check(pack: Pack, files: Mapping[str, str]) -> None:
    """Raises ClickException where an id was taken, retired or reserved, with what `course check` would say."""
    together = {**pack.files, **{path: text.encode() for path, text in files.items()}}
    errors = build(replace(pack, files=together, hashes={})).errors
    if errors:
        for error in errors:
            click.echo(str(error), err=True)
        raise click.ClickException("With these names the course would have errors, so nothing was written.")


def _pack(root: Path, course: str) -> Pack:
    if not (root / "lessons" / course).is_dir():
        raise click.ClickException(f"There is no course `{course}` here. Begin it: course new course {course}")
    return read_pack(root, course)


def _parts(name: str, count: int) -> list[str]:
    parts = name.strip("/").split("/")
    if len(parts) != count or not all(parts):
        raise click.UsageError(
            f"Write it as {'/'.join(('COURSE', 'MODULE', 'NAME') if count == 3 else ('COURSE', 'NAME'))}."
        )
    return parts


def _title(name: str) -> str:
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]
