"""No other site may act in a person's name: every write carries a token of its session.

A visitor's page that anybody may cache holds no token, so that it sets no cookie. A form on it goes to a
route marked `by_origin`, where the browser's own word for where the request comes from is checked instead.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, session
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError, generate_csrf
from itsdangerous import URLSafeTimedSerializer

from course.config import Config
from course.web.access import anyone, rule_of
from course.web.frames import own_part

View = TypeVar("View", bound=Callable[..., Any])


def by_origin(view: View) -> View:
    """Mark a route that visitors may post to without a token. With a token, that is checked as everywhere."""
    view.by_origin = True  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    # Flask-WTF's own check of the Referer asks for one even where a browser is set to send none.
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_SSL_STRICT=False)
    protection = CSRFProtect(app)  # type: ignore[no-untyped-call]
    own_part(app, "csrf_token", token)
    app.template_context_processors[None] = [
        one for one in app.template_context_processors[None] if one.__module__ != "flask_wtf.csrf"
    ]

    @app.before_request
    def _check() -> None:
        if request.endpoint is None:
            return
        view = current_app.view_functions[request.endpoint]
        if getattr(view, "by_origin", False) and rule_of(view) is anyone and "csrf_token" not in request.form:
            if request.method == "POST" and not from_here():
                raise CSRFError("The request comes from another site.")
        else:
            protection.protect()  # type: ignore[no-untyped-call]


def token() -> str:
    """The token that forms of this session carry. Signing it once is enough: it lives as long as the session.

    Also where the session is new, or a page made over the turn of a second would carry two.
    """
    if "csrf_token" not in session:
        g.pop("csrf_token", None)
        generate_csrf()  # type: ignore[no-untyped-call] # gives the session its secret
    g.csrf_token = _signed(current_app.config["SECRET_KEY"], session["csrf_token"])
    return str(g.csrf_token)


@lru_cache(maxsize=4096)
def _signed(key: str, secret: str) -> str:
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret))


def from_here() -> bool:
    """Whether a page of this site made the request, as the browser says. Where it says nothing, no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    said = request.headers.get("Origin") or request.headers.get("Referer")
    if not said:
        return False
    config: Config = current_app.config["COURSE"]
    host = urlsplit(config.public_url).netloc or request.host
    return urlsplit(said).netloc in {host, request.host}
