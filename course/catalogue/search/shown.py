"""What the page of a search shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, current_app
from flask_babel import gettext as _

from course.catalogue.addresses import Addresses
from course.catalogue.published import Published
from course.catalogue.search import rules, snippets
from course.catalogue.search.queries import Place
from course.catalogue.search.rules import Unit, Wanted
from course.catalogue.search.snippets import Piece
from course.catalogue.search.words import scope
from course.content.model import Outline

HUES = 8
COURSES = 16


@dataclass(frozen=True, slots=True)
class Hit:
    """A place with the way to it. `where` leads from the course to it; `language` is that of title and text."""

    url: str
    title: list[Piece]
    text: list[Piece]
    where: tuple[str, ...]
    hue: str
    language: str


def served(outline: Outline, language: str) -> str:
    """The language of a course that a reader of `language` gets."""
    return language if language in outline.languages else outline.source_language


def wanted(courses: Iterable[Published], units: Sequence[Unit], language: str) -> list[Wanted]:
    """What to look for in these courses, for a reader of `language`: in the words of every language that they get."""
    scopes: dict[str, list[str]] = {}
    for published in courses:
        outline = published.outline
        tag = served(outline, language)
        for words in {tag, outline.source_language} if outline.languages[tag] == "partial" else {tag}:
            scopes.setdefault(words, []).append(scope(published.course_id, tag, words))
    return [rules.wanted(units, words, found) for words, found in sorted(scopes.items())] if units else []


def hits(
    places: Iterable[Place], courses: Mapping[int, Published], units: Sequence[Unit], language: str, whole: bool
) -> list[Hit]:
    """The places as a reader of `language` is shown them. `whole`: of all courses, so that each says which."""
    matchers: dict[str, rules.Matcher] = {}
    found = []
    for place in places:
        if place.language not in matchers:
            matchers[place.language] = rules.Matcher(units, place.language)
        hit = _hit(place, courses[place.course_id], matchers[place.language], language, whole)
        found.extend([hit] if hit else [])
    return found


def _hit(place: Place, published: Published, matches: rules.Matcher, language: str, whole: bool) -> Hit | None:
    """None for a place in a lesson that was published, or went, between two questions to the database."""
    addresses = Addresses(published.slug, language)
    where = (published.text(published.outline.titles, language),) if whole else ()
    if place.lesson:
        number = current_app.extensions["course.search"](published).get(place.lesson)
        if number is None:
            return None
        title = published.text(published.lesson(place.lesson).titles, place.language)
        where = (*where, published.text(published.outline.modules[number - 1].titles, language))
        where = (*where, title) if place.anchor else where
        url, hue = addresses.lesson(place.lesson, place.anchor), f"hue-{(number - 1) % HUES + 1}"
    else:
        where, url, hue = (*where, _("Glossary")), addresses.glossary(place.anchor), ""
    return Hit(
        url,
        snippets.marked(place.title, matches),
        snippets.snippet(place.text, matches),
        where,
        hue,
        place.language,
    )


def keep(app: Flask) -> None:
    """Give an application its own memory of which module a lesson is in."""
    app.extensions["course.search"] = lru_cache(COURSES)(_modules)


def _modules(published: Published) -> Mapping[str, int]:
    """The number of each lesson's module, counted from 1."""
    modules = enumerate(published.outline.modules, start=1)
    return {lesson.id: number for number, module in modules for lesson in module.lessons}
