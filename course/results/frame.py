"""What every page of the results shares: whose results, under which address, and the words for figures."""

from typing import Any

from flask import request, url_for

from course import clock
from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.results import charts, words
from course.results.scope import Scope
from course.web.language import path_language
from course.web.pages import page, with_query


def scoped(course: str) -> tuple[Published, Scope]:
    """The course of this address, and the learners that its query names. Raises NotFound, Invalid."""
    published = catalogue.published(course)
    return published, Scope.read(published, request.args)


def show(template: str, published: Published, scope: Scope, **context: Any) -> str:
    """A page of the results."""
    language = path_language()
    return page(
        f"results/{template}",
        course=published.slug,
        course_title=published.text(published.outline.titles, language),
        course_languages=tuple(published.outline.languages),
        languages=tuple(published.outline.languages),
        scope=scope,
        words=words,
        bar=charts.bar,
        to=lambda endpoint, **values: url_for(endpoint, course=published.slug, **(scope.written() | values)),
        here=here,
        now=clock.now(),
        **context,
    )


def here(**changes: object) -> str:
    """This page with a changed query: a sort, a filter, the next page. A value of None or "" is left out."""
    query = {name: text for name, text in request.args.items() if name != "after" or "after" in changes}
    query |= {name: "" if value is None else str(value) for name, value in changes.items()}
    return request.path + with_query((name, text) for name, text in query.items() if text)
