"""`course translations` and `course translated`: how far each translation has come, and that one is up to date."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import click
from flask.cli import with_appcontext

from course.authoring.files.earlier import earlier_units
from course.content.gather import gather, one_by_one
from course.content.layout import Layout, lay_out
from course.content.pack import read_packs
from course.content.paths import classify
from course.content.translations import State, Translation, Unit, readable_units, share, translations
from course.content.units import TOP, recorded
from course.markup.findings import Findings

_WORDS: dict[State, str] = {
    "current": "up to date",
    "behind": "behind",
    "missing": "missing",
    "unknown": "not said from what they were made",
}
_FOLDER = click.argument(
    "folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[DIR]"
)


@click.command("translations")
@_FOLDER
@click.option("--language", help="Only this one.")
@click.option(
    "--diff", is_flag=True, help="How the source has changed since; needs the publications of this installation."
)
def translations_(folder: Path, language: str | None, diff: bool) -> None:
    """Say how far each translation in DIR has come, section by section.

    A translation's front matter says from which state of each section it was made (`course translated` writes it).
    Where the source has changed since, the section is behind: learners see that there, and here it is listed as
    `file:line`. Exit code 0, whatever is found.
    """
    for layout in layouts(folder):
        course = layout.sources.pack.course
        for tag in [tag for tag in layout.languages if tag != layout.language and language in (None, tag)]:
            found = [one for one in translations(layout) if one.language == tag]
            click.echo(f"{course} {tag}: {summary(found)}")
            for one in found:
                for line in _lines(one):
                    click.echo(f"  {line}")
                if diff:
                    _differences(layout, one)
            silent = [one.path for one in found if one.having("unknown")]
            if silent:
                click.echo(
                    f"  {len(silent)} of {len(found)} files do not say from what they were made, such as {silent[0]}."
                )
                click.echo("  Where a file is up to date, write it down: course translated FILE...")


def summary(found: list[Translation]) -> str:
    """`91 % up to date (40 of 44 sections and questions; 2 behind, 1 missing)`."""
    total = sum(len(one.units) for one in found)
    count = {state: sum(len(one.having(state)) for one in found) for state in _WORDS}
    current = count.pop("current")
    told = [f"{current} of {total} sections and questions"]
    told += [", ".join(f"{number} {_WORDS[state]}" for state, number in count.items() if number)]
    return f"{share(current, total)} % up to date ({'; '.join(filter(None, told))})"


def _lines(one: Translation) -> Iterator[str]:
    missing = one.having("missing")
    if len(missing) == len(one.units):
        yield f"{one.path}: missing"
        return
    for unit in one.units:
        if unit.state in ("behind", "missing"):
            yield f"{one.path}:{unit.line}: {named(unit)} is {unit.state}"


def named(unit: Unit) -> str:
    return "the beginning" if unit.name == TOP else unit.name


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--section", "sections", multiple=True, help="Only these sections or questions; `Top` is the beginning.")
def translated(files: tuple[Path, ...], sections: tuple[str, ...]) -> None:
    """Say in translated FILES that they are up to date with their source.

    Writes `translated-from` into the front matter: a digest of each section of the source. Nothing else is changed.

    \b
    Examples:
      course translated lessons/sse/1-understanding/*.fr.md
      course translated quizzes/sse/7-final.es.md --section aims
    """
    known: dict[tuple[Path, str], dict[str, Translation]] = {}
    for file in files:
        click.echo(f"{file}: {_record(file, sections, known)}")


def _record(file: Path, sections: tuple[str, ...], known: dict[tuple[Path, str], dict[str, Translation]]) -> str:
    parts = file.absolute().parts
    at = max((i for i, part in enumerate(parts) if part in ("lessons", "quizzes")), default=0)
    path = "/".join(parts[at:])
    source = classify(path)
    if source is None or source.kind not in ("lesson", "quiz"):
        raise click.ClickException(f"{file} is no lesson or quiz of a pack.")
    place = (Path(*parts[:at]), parts[at + 1])
    if place not in known:
        known[place] = {one.path: one for layout in layouts(*place) for one in translations(layout)}
    found = known[place].get(path)
    if found is None:
        raise click.ClickException(f"{file} is in the source language, or cannot be read; `course check` says more.")
    if found.having("missing") == found.units:
        raise click.ClickException(f"{file} cannot be read; `course check` says more.")
    unknown = set(sections) - {unit.name for unit in found.units}
    if unknown:
        raise click.ClickException(f"{file} has no section {', '.join(sorted(unknown))}.")
    record = {
        unit.name: unit.now if not sections or unit.name in sections else unit.made_from
        for unit in found.units
        if unit.state != "missing"
    }
    before = file.read_bytes()
    after = recorded(before.decode(), {name: made for name, made in record.items() if made}).encode()
    if after == before:
        return "was up to date"
    file.write_bytes(after)
    return "is up to date now" if not sections else f"is up to date now in {', '.join(sections)}"


def layouts(folder: Path, course: str | None = None) -> Iterator[Layout]:
    """The courses in a folder, as far as they can be read."""
    for pack in read_packs(folder, Findings()):
        if course in (None, pack.course) and (layout := lay_out(gather(pack, lambda key: None, one_by_one))):
            yield layout


@with_appcontext
def _differences(layout: Layout, one: Translation) -> None:
    """The source of each section that is behind, as it was when it was translated, and as it is."""
    behind = one.having("behind")
    now = readable_units(one.source, layout.sources.pack.files[one.source]) if behind else {}
    before = earlier_units(layout.sources.pack.course, one.source, {unit.made_from for unit in behind})
    for unit in behind:
        old = before.get(unit.made_from)
        if old is None:
            click.echo(f"    {named(unit)}: the text it was made from was never published here")
            continue
        told = unified_diff(old.split("\n"), now[unit.name].split("\n"), n=1, lineterm="")
        for line in list(told)[2:]:
            click.echo(f"    {line}")
