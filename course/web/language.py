"""The language of the path is the content's; the interface follows it, else the viewer's, else English.

Every page's route begins with `/<lang>/` (a blueprint's `url_prefix="/<lang>"`). `lang` is taken out of the
view's arguments here, kept in `g.lang`, and put back into every address that `url_for` makes.
"""

from collections.abc import Callable, Collection
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import Flask, Response, current_app, g, has_request_context, redirect, request, url_for
from flask_babel import Babel
from flask_babel import gettext as _

from course import i18n
from course.errors import NotFound
from course.web.access import allow, anyone, viewer

Offered = Callable[[], Collection[str]]


def path_language() -> str:
    """The language tag of this request's path; where the path has none, the one that the reader would get."""
    if "lang" not in g:
        first = request.path.split("/", 2)[1]
        g.lang = first if first in i18n.INTERFACE else readers_language()
    tag: str = g.lang
    return tag


def readers_language() -> str:
    """The interface language of the viewer's account, else of their browser, else English."""
    wished = viewer().language
    return i18n.interface_for(wished) if wished else i18n.negotiated(request.accept_languages)


def interface_language() -> str:
    """The language in which the interface speaks on this page."""
    if not has_request_context():
        return str(g.get("interface", "en")) if g else "en"
    if "interface" not in g:
        tag = path_language()
        g.interface = i18n.interface_for(tag, viewer().language if tag not in i18n.INTERFACE else None)
    chosen: str = g.interface
    return chosen


def settle_languages() -> None:
    """Put both languages and their directions into `g`, where templates read them."""
    g.direction = i18n.direction(path_language())
    g.interface_direction = i18n.direction(interface_language())


def offer_with(app: Flask, offered: Offered) -> None:
    """`offered` returns the tags of all published content; paths in other languages do not exist."""
    app.extensions["course.languages"] = offered


def install(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=interface_language, timezone_selector=_time_zone)  # type: ignore[no-untyped-call]
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.add_url_rule("/", "home", _home)


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    tag = values.pop("lang", None) if values else None
    if tag is None:
        return
    if tag not in i18n.INTERFACE and not (i18n.is_tag(tag) and tag in _offered()):
        raise NotFound(_("There is no page at this address."))
    g.lang = tag


def _offered() -> Collection[str]:
    offered: Offered | None = current_app.extensions.get("course.languages")
    return offered() if offered else ()


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = path_language() if has_request_context() else g.get("lang", "en")


def _time_zone() -> str:
    name = viewer().time_zone if has_request_context() else "UTC"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"
    return name


@allow(anyone)
def _home() -> Response:
    tag = readers_language()
    has_home = "reading.home" in current_app.view_functions
    response = redirect(url_for("reading.home", lang=tag) if has_home else f"/{tag}/", 302)
    response.vary.update(["Accept-Language", "Cookie"])
    return response  # type: ignore[return-value]
