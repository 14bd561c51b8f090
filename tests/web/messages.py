"""The words of the interface, as they stand in the code and the templates, and the catalogues of their translations.

`python -m tests.web.messages` brings the catalogues up to date: new words come in without a translation, words
that are no longer used go.
"""

from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from course.i18n import INTERFACE

COURSE = Path(__file__).parent.parent.parent / "course"
TRANSLATED = tuple(tag for tag in INTERFACE if tag != "en")
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy": None}
Message = str | tuple[str, ...]


@cache
def extracted() -> dict[Message, list[str]]:
    """Every message (a pair for a plural) and the files where it stands."""
    with (COURSE / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found: dict[Message, list[str]] = {}
    for file, _line, message, _comments, _context in extract_from_dir(COURSE, methods, options, KEYWORDS):
        places = found.setdefault(message, [])
        if file not in places:
            places.append(file)
    return found


def path_of(language: str) -> Path:
    return COURSE / "translations" / language / "LC_MESSAGES" / "messages.po"


def catalogue(language: str) -> Catalog:
    if not path_of(language).exists():
        return Catalog(locale=language)
    with path_of(language).open("rb") as source:
        return read_po(source, locale=language)


def update(language: str) -> None:
    """Write the catalogue anew: the messages in order of where they stand, with the translations there were."""
    before = catalogue(language)
    after = Catalog(locale=language)
    for message, places in sorted(extracted().items(), key=lambda item: (item[1][0], str(item[0]))):
        kept = before.get(message)
        after.add(message, kept.string if kept else None, locations=[(place, 1) for place in places])
    write(language, after)


def write(language: str, words: Catalog) -> None:
    """A header with what programs need, and nothing that changes from day to day."""
    header = (
        f"# The interface's words. How to translate them: translations/README.md\n"
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: {words.plural_forms}\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    with path_of(language).open("wb") as target:
        target.write(header.encode())
        write_po(target, words, width=110, include_lineno=False, omit_header=True)


if __name__ == "__main__":
    for language in TRANSLATED:
        update(language)
