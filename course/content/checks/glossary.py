"""The glossary: the same terms in all languages, each form for one term."""

from course.content.checks.languages import lacking
from course.content.compiled import GlossaryHead
from course.content.gather import Text
from course.content.layout import Layout
from course.content.schema import suggest
from course.markup.findings import Place


def check_glossary(layout: Layout) -> None:
    """Equal ids and forms; terms and files that a language lacks or has alone."""
    files = layout.sources.glossary
    for text in files.values():
        _equal(layout, text)
    source = files.get(layout.language)
    if source is not None:
        for language in layout.languages:
            _compare(layout, source, language)
    elif files and _path(layout, layout.language) not in layout.sources.unread:
        place = Place(_path(layout, layout.language))
        layout.findings.error(place, "missing-file", "there is no glossary in the source language", "write it")


def _path(layout: Layout, language: str) -> str:
    return layout.sources.path(f"glossary.{language}.md")


def _compare(layout: Layout, source: Text[GlossaryHead], language: str) -> None:
    path, text = _path(layout, language), layout.sources.glossary.get(language)
    if text is None:
        if path not in layout.sources.unread:
            lacking(layout, language, Place(path), "the glossary is missing in this language", "write it")
        return
    wanted = {term["id"] for term in source.head["terms"]}
    here = {term["id"]: term for term in text.head["terms"]}
    for name in sorted(wanted - here.keys()):
        message = f'the term "{name}" of the source language is missing'
        lacking(layout, language, Place(path), message, f"add `## ... {{#{name}}}`")
    for name in sorted(here.keys() - wanted):
        message = f'the source language has no term "{name}"'
        layout.findings.error(text.at(here[name]["at"]), "unknown-id", message, suggest(name, wanted))


def _equal(layout: Layout, text: Text[GlossaryHead]) -> None:
    lines: dict[str, int] = {}
    owners: dict[str, str] = {}
    for term in text.head["terms"]:
        place = text.at(term["at"])
        if term["id"] in lines:
            message = f'the id "{term["id"]}" is there twice (first on line {lines[term["id"]]})'
            layout.findings.error(place, "equal-ids", message, "change one of them")
        lines.setdefault(term["id"], term["at"][0])
        for form in {form.casefold() for form in term["forms"]}:
            if owners.setdefault(form, term["id"]) != term["id"]:
                message = f'"{form}" belongs to the term "{owners[form]}" too'
                layout.findings.error(place, "equal-forms", message, "leave it to one of them")
