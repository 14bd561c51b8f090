"""Languages: what a complete one lacks, what a language has that the source has not, and what differs inside files."""

from collections.abc import Mapping
from typing import Any

from course.content.compiled import Cached, pair_key
from course.content.gather import Text
from course.content.layout import Layout, place_of
from course.content.schema import suggest
from course.content.sources.pair import compare_texts
from course.markup.findings import Place

SOURCE_DECIDES = ("no-objective", "key-position")


def check_languages(layout: Layout, cached: Cached) -> None:
    """Missing and stray translations, and those that differ from their source."""
    _titles(layout)
    sources = layout.sources
    for language, paths in sources.languages.items():
        for path in paths if language not in layout.languages else ():
            _known(layout, language, Place(path))
    groups: tuple[tuple[str, Mapping[str, Mapping[str, Text[Any]]]], ...] = (
        ("lesson", sources.lessons),
        ("quiz", sources.quizzes),
    )
    for kind, group in groups:
        for stem, files in group.items():
            _files(layout, kind, stem, files)
            if layout.language in files:
                _pairs(layout, kind, files[layout.language], files, cached)
    _style(layout)


def _style(layout: Layout) -> None:
    """How questions are written. What the source alone decides is not asked of a translation."""
    for group in (layout.sources.lessons, layout.sources.quizzes):
        for files in group.values():
            for language, text in files.items():
                for found in text.head["style"]:
                    if language == layout.language or found["rule"] not in SOURCE_DECIDES:
                        place = Place(text.path, found["line"])
                        layout.findings.warn(place, found["rule"], found["message"], found["remedy"])


def _titles(layout: Layout) -> None:
    """Titles in `course.yaml` and `module.yaml`: one for each complete language, none for a language that is not."""
    for settings in (layout.course, *(module.settings for module in layout.modules)):
        for key in ("title", "description"):
            texts: dict[str, str] = settings.head["values"].get(key) or {}
            for language in texts:
                _known(layout, language, place_of(settings, key, language))
            for language in layout.languages if texts else ():
                if language not in texts:
                    message = f"`{key}` has no `{language}:`"
                    lacking(layout, language, place_of(settings, key), message, "add it")


def _files(layout: Layout, kind: str, stem: str, files: Mapping[str, Text[Any]]) -> None:
    for language in layout.languages:
        path = f"{stem}.{language}.md"
        if language in files or path in layout.sources.unread:
            continue
        message = f'this {kind} is missing in "{language}"'
        if language == layout.language:
            message += ", the source language"
        remedy = f"write it, or make {language} partial in `course.yaml`"
        complete = layout.languages[language] == "complete"
        lacking(layout, language, Place(path), message, remedy if complete else "write it")


def _known(layout: Layout, language: str, place: Place) -> None:
    if language not in layout.languages:
        message = f'"{language}" is no language of this course'
        remedy = f"add it to `languages` in `course.yaml`; {suggest(language, layout.languages)}"
        layout.findings.error(place, "unknown-language", message, remedy)


def lacking(layout: Layout, language: str, place: Place, message: str, remedy: str) -> None:
    """An error in a complete language, a warning in a partial one."""
    partial = layout.languages[language] == "partial"
    (layout.findings.warn if partial else layout.findings.error)(place, "missing-translation", message, remedy)


def _pairs(layout: Layout, kind: str, source: Text[Any], files: Mapping[str, Text[Any]], cached: Cached) -> None:
    """Compare each translation with its source. A comparison is kept like a compiled file, under both hashes."""
    for language, text in files.items():
        if language == layout.language or text.head["spoilt"] or source.head["spoilt"]:
            continue
        key = pair_key(kind, source.hash, text.hash)
        compared = layout.sources.made.get(key) or cached(key)
        if compared is None:
            compared = layout.sources.made[key] = compare_texts(kind, source.compiled, text.compiled)
        layout.findings.found.extend(compared.findings_in(text.path))
