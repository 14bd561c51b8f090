"""The one place where what went wrong becomes a page with an HTTP status."""

from typing import Any

import structlog
from flask import Flask, Response, current_app, g, make_response, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from course import errors
from course.db import db
from course.web.access import VISITOR
from course.web.pages import page, to_address

SECONDS_TO_WAIT = 5
STATUS: tuple[tuple[type[errors.CourseError], int], ...] = (
    (errors.NotFound, 404),
    (errors.SignInNeeded, 403),
    (errors.NotAllowed, 403),
    (errors.Conflict, 409),
    (errors.Invalid, 400),
    (errors.Unavailable, 503),
    (errors.TooOften, 429),
    (errors.PackRefused, 409),
)
log = structlog.get_logger("course.web")


def install(app: Flask) -> None:
    app.register_error_handler(errors.CourseError, _domain)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    with app.app_context():  # the driver's own, too, for statements that go to it directly
        driver = db.engine.dialect.loaded_dbapi
    for kind in (OperationalError, InterfaceError, PoolTimeout, driver.OperationalError, driver.InterfaceError):
        app.register_error_handler(kind, _store)
    app.register_error_handler(Exception, _unexpected)


def _domain(error: errors.CourseError) -> Response:
    can_sign_in = request.method in {"GET", "HEAD"} and "people.sign_in" in current_app.view_functions
    if isinstance(error, errors.SignInNeeded) and can_sign_in:
        _undo()
        return to_address(url_for("people.sign_in", next=request.full_path.rstrip("?")))
    status = next((number for kind, number in STATUS if isinstance(error, kind)), 400)
    return error_page(status, sentence(error))


def sentence(error: errors.CourseError) -> str:
    """What an error says, in the interface's language."""
    return str(_(error.message, **error.values)) if error.message else ""


def _csrf(_error: CSRFError) -> Response:
    return error_page(
        400,
        _("This form belongs to a session that has ended, or cookies are switched off."),
        _("Go back, load the page again, and send the form once more. What you typed may still be there."),
    )


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    response = error_page(status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _store(error: Exception) -> Response:
    log.error("store away", error=type(error).__name__, cause=str(getattr(error, "orig", error))[:200])
    g.viewer = VISITOR  # no second question to a store that does not answer
    return error_page(503)


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected error", error=type(error).__name__)
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        _undo()
        raise error
    return error_page(500)


def error_page(status: int, what: str | None = None, to_do: str | None = None) -> Response:
    """A page that says what happened and what to do. Nothing that the request wrote is kept."""
    _undo()
    title, said, advice = words(status)
    words_of_it = {"code": status, "title": title, "message": what or said, "remedy": to_do or advice}
    response = make_response(_body(words_of_it), status)
    response.headers["Cache-Control"] = "no-store"
    if status in {429, 503}:
        response.headers["Retry-After"] = str(SECONDS_TO_WAIT)
    return response


def _body(said: dict[str, Any]) -> str:
    """The page that tells of a failure must not fail itself: the store may be away for its reader, too."""
    try:
        return page("error.html", **said)
    except Exception:
        log.exception("error page failed")
        _undo()
        g.viewer = VISITOR
        return page("error.html", **said)


def _undo() -> None:
    try:
        db.session.rollback()
    except Exception:
        db.session.remove()


def words(status: int) -> tuple[str, str, str]:
    """Title, what happened, what to do: in the interface's language."""
    said = {
        400: (
            _("We could not read that"),
            _("What was sent does not fit what this page expects."),
            _("Go back, load the page again and try once more."),
        ),
        403: (_("Not for this account"), _("You may not do this."), _("Sign in with an account that may, or go back.")),
        404: (
            _("Page not found"),
            _("There is no page at this address."),
            _("It may have moved, or the address may have a typing error. Start from the home page."),
        ),
        405: (
            _("That does not work here"),
            _("This address takes no request of this kind."),
            _("Go back and use the buttons on the page."),
        ),
        409: (
            _("Something changed meanwhile"),
            _("The page that you used was out of date."),
            _("Go back and load it again; nothing that was saved is lost."),
        ),
        413: (
            _("Too large"),
            _("What was sent is larger than this page takes."),
            _("Shorten it, or send it in parts."),
        ),
        429: (
            _("Too many tries"),
            _("There were many requests from here in a short time."),
            _("Wait a few minutes, then try again."),
        ),
        503: (
            _("A short break"),
            _("The store does not answer at the moment. Nothing was lost that was confirmed before."),
            _("Keep this page open and try again in some seconds."),
        ),
    }
    if status in said:
        return said[status]
    if status < 500:
        return said[400]
    return (
        _("Something went wrong here"),
        _("The fault is ours, and it was noted. What you did last was not kept."),
        _("Try again. If it happens again, tell your trainer what you were doing."),
    )
