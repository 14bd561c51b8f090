"""Making a page, and going to one.

Every template can use `viewer`, `display`, `site_name`, `language_links` and, through `g`: `g.lang` (the
content's language, of the path), `g.interface` (the interface's), `g.direction` and `g.interface_direction`.
Globals: `_`, `ngettext`, `url_for`, `asset_url`, `csrf_token`, `language_name(tag)`, `direction_of(tag)`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, current_app, flash, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from course import i18n
from course.web.access import viewer
from course.web.language import path_language, settle_languages


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page in a language; `current` where it is the one shown."""

    tag: str
    name: str
    url: str
    current: bool


def page(template: str, **context: Any) -> str:
    """The HTML of a page. What the layout needs is added; `context` wins.

    A page whose content has languages of its own gives `languages` (tags), for the switch in the layout.
    """
    from course.web.display import display

    settle_languages()
    links = language_links(context.pop("languages", i18n.INTERFACE))
    needs: dict[str, Any] = {
        "viewer": viewer(),
        "display": display(),
        "site_name": current_app.config["SITE_NAME"],
        "language_links": links,
    }
    return render_template(template, **(needs | context))


def language_links(tags: Iterable[str]) -> list[LanguageLink]:
    """Links to this page in each of the languages: the same place, the same query."""
    here = path_language()
    return [LanguageLink(tag, i18n.own_name(tag), in_language(tag), tag == here) for tag in tags]


def see_other(endpoint: str, **values: Any) -> Response:
    """Go on to another page after a form was dealt with (303)."""
    return to_address(url_for(endpoint, **values))


def to_address(address: str) -> Response:
    """Go on to an address that this application made itself (303)."""
    response = current_app.response_class("", 303, {"Location": address})
    response.content_length = 0
    return response


def back_to(default: str) -> str:
    """The address to go on to: what `next` (or `back`) of the request names, where that is safe, else `default`."""
    wished = request.values.get("next") or request.values.get("back") or ""
    return wished if is_own_page(wished) else default


def is_own_page(target: str) -> bool:
    """Whether `target` is a path of this application that a GET can show, and nothing a browser reads otherwise."""
    if not target.startswith("/") or target.startswith("//") or len(target) > 2000:
        return False
    if "\\" in target or any(ord(c) < 33 or ord(c) == 127 for c in target):
        return False
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return False
    try:
        adapter = current_app.create_url_adapter(request)
        if adapter is None:
            return False
        adapter.match(parts.path, method="GET")
    except HTTPException:
        return False
    return True


def notice(message: str) -> None:
    """A sentence to be shown, and announced, on the next page."""
    flash(message)


def in_language(tag: str) -> str:
    """This page's address in another language: the same place, the same query."""
    if request.endpoint is None:
        return f"/{tag}/"
    try:
        path = url_for(request.endpoint, **{**(request.view_args or {}), "lang": tag})
    except BuildError:
        return f"/{tag}/"
    return path + with_query(request.args.items(multi=True))


def with_query(pairs: Iterable[tuple[str, str]]) -> str:
    """`?a=b&c=d`, "" for nothing. Names come from readers; `url_for` takes some (`endpoint`) for its own."""
    query = urlencode(list(pairs))
    return f"?{query}" if query else ""


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        language_name=i18n.own_name,
        direction_of=i18n.direction,
    )
