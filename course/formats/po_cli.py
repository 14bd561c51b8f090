"""`course export po` and `course import po`: a course's translation, for translators with their own tools."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from course.markup.findings import Finding, Findings

if TYPE_CHECKING:
    from course.content.pack import Pack

LOSSES = 3
"""Exit code: done, and something is left to do."""

_COURSE = click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="lessons/COURSE"
)


@click.command("po", short_help="Write a course's translation for translators' tools.")
@_COURSE
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", default="", help="The language to translate to.  [default: from FILE: sse.fr.po]")
@click.option("--force", is_flag=True, help="Overwrite FILE where it exists.")
def po_out(folder: Path, file: Path, language: str, force: bool) -> None:
    """Write all lessons and quizzes of a course as one PO file, with what is translated already.

    A message is a paragraph, a list or a table. Its context names the lesson or quiz and the section; a comment says
    where it stands. What was translated from an older state of the source is marked fuzzy.
    """
    if file.exists() and not force:
        raise click.ClickException(f"{file} exists. Name another file, or say --force to overwrite it.")
    from course.formats import po

    _root, pack, languages = _read(folder)
    tag = language or (file.name.split(".")[-2] if file.name.count(".") > 1 else file.name.split(".")[0])
    source = _source(languages)
    if tag not in languages or tag == source:
        others = ", ".join(sorted(languages.keys() - {source}))
        raise click.ClickException(f"`{tag}` is no language to translate this course to. There are: {others}.")
    file.write_bytes(po.write(pack.files, pack.course, source, tag))
    click.echo(f"{file} written.", err=True)


@click.command("po", short_help="Bring a translation back from translators' tools.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_COURSE
@click.option("--language", default="", help="The language of the translation.  [default: what FILE says]")
def po_in(file: Path, folder: Path, language: str) -> None:
    """Bring what is translated in a PO file into the lessons and quizzes of a course.

    Taken is what is translated and not fuzzy, and whose source still says the same. A section stays as it was until
    all of it is translated; a new file is written once all of it is. Sections that are translated anew count as up to
    date with their source. Everything else is told.
    """
    from course.formats import po

    root, pack, languages = _read(folder)
    try:
        tag, given = po.read(file.read_bytes())
    except po.Refused as error:
        raise click.ClickException(f"{file}: {error}") from None
    source, tag = _source(languages), language or tag.replace("_", "-")
    if tag not in languages or tag == source:
        raise click.ClickException(f"{file} is in `{tag}`, which is no language to translate this course to.")
    made, left = _bring(pack, given, source, tag)
    for path, data in made.items():
        (root / path).write_bytes(data)
        click.echo(f"{'changed' if path in pack.files else 'new':8} {path}")
    left += [str(finding) for finding in _wrong(pack, made)]
    for line in left:
        click.echo(line, err=True)
    sys.exit(LOSSES if left else 0)


def _read(folder: Path) -> "tuple[Path, Pack, dict[str, str]]":
    """The root, the pack and its languages."""
    from course.content.gather import gather, one_by_one
    from course.content.layout import lay_out
    from course.content.pack import read_pack

    folder = folder.absolute()
    root = folder.parent.parent
    pack = read_pack(root, folder.name)
    settings = {path: pack.hashes[path] for path in pack.hashes if path.endswith("course.yaml")}
    layout = lay_out(gather(replace(pack, hashes=settings, findings=Findings()), lambda key: None, one_by_one))
    if folder.parent.name != "lessons" or layout is None:
        raise click.ClickException(f"{folder} is no course that can be read; `course check` says more.")
    return root, pack, dict(layout.languages)


def _source(languages: Mapping[str, str]) -> str:
    return next(tag for tag, state in languages.items() if state == "source")


def _bring(
    pack: "Pack", given: "Mapping[tuple[str, str], str]", source: str, tag: str
) -> tuple[dict[str, bytes], list[str]]:
    """The files that are new or changed; and what is left to translate, file by file, and what was not taken."""
    from course.content.bringing import bring
    from course.content.messages import parts
    from course.formats import po

    made, left, known = {}, [], set[tuple[str, str]]()
    for path, target in po.texts(pack.files, source, tag):
        before, old = parts(path, pack.files[path]), pack.files.get(target)
        there = parts(target, old) if old is not None else None
        if before is None or (old is not None and there is None):
            left.append(f"{path if before is None else target}: cannot be read; `course check` says why")
            continue
        brought = bring(before, there, given)
        known |= brought.known
        left += [f"{path}:{message.line}: not translated ({message.context})" for message in brought.open]
        if brought.text is not None and (there is None or brought.text != there.text):
            ends = "\r\n" if old and b"\r\n" in old else "\n"
            made[target] = brought.text.replace("\n", ends).encode()
    gone = sorted(given.keys() - known)
    left += [f"{context}: not taken, the source does not say this any more: {text[:60]!r}" for context, text in gone]
    return made, left


def _wrong(pack: "Pack", made: Mapping[str, bytes]) -> list[Finding]:
    """What the check says of the files that were written."""
    from course.content.build import build

    errors = build(replace(pack, files={**pack.files, **made}, hashes={})).errors if made else ()
    return [error for error in errors if error.place.file in made]
