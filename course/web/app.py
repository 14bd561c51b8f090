"""The application's class and settings: one commit per request, made before the response exists."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from course import clock
from course.config import Config, secret_key
from course.db import db, engine_options, prepare, writing
from course.web.cookies import SessionCookies

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
View = TypeVar("View", bound=Callable[..., Any])
LARGEST_BODY = 1024 * 1024
SIGNED_IN_FOR = timedelta(days=30)


def arrived() -> int:
    """When this request came (microseconds UTC): before it waited for its turn to write, which a deadline does not."""
    moment: int = g.arrived
    return moment


def only_reads(view: View) -> View:
    """Mark a route whose POST changes nothing, or only in a `transaction()` of its own that it begins when it is ready.

    It does not wait for its turn to write, and keeps nobody from theirs. (A preview is one: its text is too long for an
    address.)
    """
    view.only_reads = True  # type: ignore[attr-defined]
    return view


class CourseFlask(Flask):
    """Flask, where an unsafe request is one write transaction, and a safe one can change nothing."""

    session_interface = SessionCookies()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        # No view here is asynchronous, and asking each time costs more than the answer is worth.
        return func

    def full_dispatch_request(self) -> Response:
        g.arrived = clock.now()
        # From the first query on, so that no read has to turn into a write later.
        with nullcontext() if self._reads() else writing():
            return super().full_dispatch_request()

    def dispatch_request(self) -> ResponseReturnValue:
        response = self.make_response(super().dispatch_request())
        if not self._reads():
            db.session.commit()
        elif db.session.registry.has():
            db.session.rollback()
        return response

    def _reads(self) -> bool:
        """Whether this request changes nothing, by its method or by its route's word."""
        if request.method in SAFE:
            return True
        return getattr(self.view_functions.get(request.endpoint or ""), "only_reads", False)


class Migrations:
    """Flask-Migrate, loaded when a migration is run: loading it at every start takes a fifth of a second."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate

        Migrate(self._app, db, render_as_batch=True)  # type: ignore[no-untyped-call]
        return getattr(self._app.extensions["migrate"], name)


def new(config: Config) -> Flask:
    """The bare application with its store and session cookie."""
    app = CourseFlask(
        "course",
        static_folder=None,
        template_folder="web/templates",
        instance_path=str(config.instance.resolve()),
    )
    app.config.from_mapping(_settings(config))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if config.trusted_proxies:
        n = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=0)  # type: ignore[method-assign]
    db.init_app(app)
    app.extensions["migrate"] = Migrations(app)
    with app.app_context():
        prepare(db.engine, config.synchronous)
    return app


def _settings(config: Config) -> dict[str, Any]:
    return {
        "COURSE": config,
        "SITE_NAME": config.site_name,
        "SECRET_KEY": secret_key(config),
        "SQLALCHEMY_DATABASE_URI": config.store_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(config),
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "MAX_FORM_MEMORY_SIZE": LARGEST_BODY,
        "MAX_FORM_PARTS": 2000,
        "SESSION_COOKIE_NAME": "__Host-session" if config.secure else "session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.secure,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": SIGNED_IN_FOR,
        "TEMPLATES_AUTO_RELOAD": config.development,
        "PREFERRED_URL_SCHEME": "https" if config.secure else "http",
        # A page may stay open for days before its form is sent; the token lives as long as the session.
        "WTF_CSRF_TIME_LIMIT": None,
    }
