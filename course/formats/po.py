"""PO, the file that translators' own tools read: a course's messages in one language, out and in."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from course import clock
from course.content.messages import Key, Message, messages, parts
from course.content.paths import classify
from course.content.translations import compare

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

MOST_BYTES = 20_000_000


class Refused(ValueError):
    """Cannot be read. `str(error)` says why."""


def texts(files: Mapping[str, bytes], source: str, language: str) -> Iterator[tuple[str, str]]:
    """The path of each lesson and quiz in the source language, and that of its translation."""
    for path in sorted(files):
        kind = classify(path)
        if kind is not None and kind.kind in ("lesson", "quiz") and kind.language == source:
            yield path, f"{kind.stem}.{language}.md"


def write(files: Mapping[str, bytes], course: str, source: str, language: str) -> bytes:
    """All messages of a pack. What is translated, from an older state of its section, is marked fuzzy."""
    from babel.messages.pofile import write_po

    catalog = _catalog(course, source, language)
    for path, translation in texts(files, source, language):
        for message, behind in _messages(files, path, translation):
            added = catalog.add(
                message.text,
                message.translation,
                locations=[(path, message.line)],
                flags=["fuzzy"] if behind and message.translation else [],
                context=message.context,
            )
            added.flags &= {"fuzzy"}  # braces of Markdown are taken for Python's
    out = BytesIO()
    write_po(out, catalog, width=0)
    return out.getvalue()


def read(data: bytes) -> tuple[str, dict[Key, str]]:
    """The language of a file, and what it translates. Left out is what is fuzzy. Raises Refused."""
    from babel.messages.pofile import PoFileError, read_po

    if len(data) > MOST_BYTES:
        raise Refused(f"it has more than {MOST_BYTES:,} bytes")
    try:
        catalog = read_po(BytesIO(data), abort_invalid=True)
    except (PoFileError, UnicodeError, ValueError, LookupError) as error:
        raise Refused(f"it is no PO file that can be read: {error}") from None
    given = {}
    for message in catalog:
        translation = message.string
        if not (message.context and isinstance(message.id, str) and isinstance(translation, str)):
            continue  # the header, or a plural, which a course has none of
        if translation.strip() and not message.fuzzy:
            given[message.context, message.id] = translation
    return catalog.locale_identifier or "", given


def _messages(files: Mapping[str, bytes], path: str, translation: str) -> Iterator[tuple[Message, bool]]:
    """The messages of a file, and whether each is behind its source."""
    made = parts(path, files[path])
    if made is None:
        return
    other = parts(translation, files[translation]) if translation in files else None
    behind = {unit.name for unit in compare(made.head, other.head if other else None) if unit.state == "behind"}
    for message in messages(made, other):
        yield message, message.unit in behind


def _catalog(course: str, source: str, language: str) -> "Catalog":
    from babel.messages.catalog import Catalog

    at = datetime.fromtimestamp(clock.now() / 1_000_000, UTC)
    comment = (
        f"# {course}: from {source} to {language}.\n# Markdown: keep ids, links' addresses and the marks of right"
        " answers as they are.\n# A fuzzy message is to be looked at: its source has changed since it was translated."
    )
    catalog = Catalog(
        project=course, version="1", header_comment=comment, creation_date=at, revision_date=at, fuzzy=False
    )
    catalog.locale = language.replace("-", "_")
    return catalog
