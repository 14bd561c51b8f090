"""Searching a course, and all courses. A search is a GET, so that it can be kept, sent and gone back to."""

from collections.abc import Sequence

from flask import Blueprint, Flask, request, url_for

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.catalogue.readers import readable, readers_only
from course.catalogue.search import queries, rules, shown
from course.i18n import INTERFACE, own_name
from course.web.access import allow, anyone
from course.web.language import path_language
from course.web.limits import SEARCHES
from course.web.limits import within as within_limits
from course.web.pages import LanguageLink, page, with_query

blueprint = Blueprint("search", __name__, url_prefix="/<lang>")
ON_A_PAGE = 10


def install(app: Flask) -> None:
    shown.keep(app)
    app.register_blueprint(blueprint)


@blueprint.get("/search")
@allow(anyone)
def everywhere() -> str:
    """Search all courses that the viewer may read."""
    return _search(readable(catalogue.courses()), None)


@blueprint.get("/courses/<course>/search")
@allow(anyone)
def course(course: str) -> str:
    """Search a course: its lessons, in the reader's language, and its glossary."""
    published = catalogue.published(course)
    readers_only(published)
    return _search([published], published)


def _search(courses: Sequence[Published], within: Published | None) -> str:
    given = request.args.get("q", "").strip()
    typed = given[: rules.LONGEST]
    language, units = path_language(), rules.parse(typed)
    if units:
        within_limits("search", SEARCHES)
    found = queries.find(shown.wanted(courses, units, language))
    number = _number()
    places = queries.shown(found.places[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]) if found.places else []
    offered = list(within.outline.languages if within else INTERFACE)
    lost = bool(units) and (found.partly or not found.places)
    return page(
        "catalogue/search.html",
        typed=typed,
        searched=bool(units),
        shortened=given != typed or len(units) > rules.MOST,
        found=found,
        hits=shown.hits(places, {one.course_id: one for one in courses}, units, language, within is None),
        before=_address(language, within, typed, number - 1) if number > 1 else "",
        after=_address(language, within, typed, number + 1) if len(found.places) > number * ON_A_PAGE else "",
        course=within.slug if within else "",
        course_title=within.text(within.outline.titles, language) if within else "",
        elsewhere=[
            (tag, own_name(tag), _address(tag, within, typed))
            for tag in (offered if lost else ())
            if tag != language and queries.there_are_any(shown.wanted(courses, units, tag))
        ],
        others=_address(language, None, typed) if within and lost else "",
        language_links=[
            LanguageLink(tag, own_name(tag), _address(tag, within, typed), tag == language) for tag in offered
        ],
    )


def _number() -> int:
    """The page that is asked for, from 1."""
    given = request.args.get("page", "")
    return min(int(given), 1000) if given.isascii() and given.isdigit() and len(given) < 5 and int(given) else 1


def _address(language: str, within: Published | None, typed: str, number: int = 1) -> str:
    """Where this search is: in a language, on a page."""
    path = url_for("search.course", lang=language, course=within.slug) if within else f"/{language}/search"
    pairs = [("q", typed)] if typed else []
    return path + with_query([*pairs, *([("page", str(number))] if number > 1 else [])])
