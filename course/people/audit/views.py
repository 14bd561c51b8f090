"""The audit log's page, for admins."""

from datetime import UTC, datetime

from babel.dates import format_datetime
from flask import Blueprint, Flask, request
from flask_babel import get_locale, get_timezone

from course.clock import MICROSECONDS
from course.people.audit import queries, verbs
from course.people.audit.queries import Wanted
from course.people.queries import names
from course.web.access import admin, allow
from course.web.pages import page, with_query

blueprint = Blueprint("audit", __name__, url_prefix="/<lang>/audit", template_folder="../templates")


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/")
@allow(admin)
def log() -> str:
    """Who did what to whom, filtered as the address says."""
    wanted = Wanted.read(request.args)
    found = queries.listed(wanted)
    rows = found[: queries.PAGE]
    return page(
        "people/audit.html",
        wanted=wanted,
        rows=rows,
        called=names({one for row in rows for one in (row.actor, row.person_id) if one is not None}),
        onward=_here(before=rows[-1].id) if len(found) > queries.PAGE else None,
        here=_here,
        said=verbs.said,
        groups=[(group, name, _verbs(group)) for group, name in verbs.GROUPS.items()],
        courses=queries.courses(),
        moment=_moment,
        unknown=verbs.of_group(verbs.SIGNING_IN),
    )


def _verbs(group: str) -> list[tuple[str, str]]:
    return sorted(((verb, verbs.said(verb)) for verb in verbs.of_group(group)), key=lambda pair: pair[1])


def _here(**changes: object) -> str:
    """This page with a changed query, from its beginning."""
    query = {name: text for name, text in request.args.items() if name != "before"}
    query |= {name: "" if value is None else str(value) for name, value in changes.items()}
    return request.path + with_query((name, text) for name, text in query.items() if text)


def _moment(at: int) -> str:
    """A moment to the second, in the reader's time zone."""
    return str(format_datetime(datetime.fromtimestamp(at / MICROSECONDS, UTC), "medium", get_timezone(), get_locale()))
