"""What the pages about people show, gathered for their templates."""

from typing import Any

from flask import request

from course.academy.people import queries
from course.academy.people.wanted import STATES, Wanted
from course.academy.people.words import day, when
from course.catalogue import queries as catalogue
from course.i18n import INTERFACE
from course.people.inviting import waiting_for_slips
from course.people.simulated import how_many
from course.web.language import path_language
from course.web.pages import with_query

Context = dict[str, Any]
ALL = {name: state for state, names in STATES.items() for name in names}


def courses() -> dict[str, str]:
    """What every published course is called, by its id."""
    language = path_language()
    return {one.slug: one.text(one.outline.titles, language) for one in catalogue.courses()}


def people() -> Context:
    titles = courses()
    wanted = Wanted.read(request.args, titles)
    rows = queries.listed(wanted)
    shown = rows[: queries.PAGE]
    standing = dict.fromkeys(STATES, 0)
    for name, count in queries.by_state(wanted.simulated).items():
        standing[ALL[name]] += count
    return _shared() | {
        "wanted": wanted,
        "rows": shown,
        "next": shown[-1].person if len(rows) > queries.PAGE else None,
        "standing": standing,
        "everybody": sum(standing.values()),
        "courses": titles,
        "made_up": how_many(),
        "slips": len(waiting_for_slips(1)),
    }


def person(person: int, viewer: int) -> Context:
    """Raises NotFound."""
    titles, found = courses(), queries.facts(person)
    trained = {one.course for one in found.trains}
    return _shared() | {
        "facts": found,
        "account": found.account,
        "courses": titles,
        "untrained": {slug: title for slug, title in titles.items() if slug not in trained},
        "is_own": person == viewer,
    }


def _shared() -> Context:
    return {"languages": INTERFACE, "when": when, "day": day, "here": here}


def here(**changes: object) -> str:
    """This page with a changed query. A value of None or "" is left out; any change begins at the first page."""
    query = {name: text for name, text in request.args.items() if name != "after"}
    query |= {name: "" if value is None else str(value) for name, value in changes.items()}
    return request.path + with_query((name, text) for name, text in query.items() if text)
