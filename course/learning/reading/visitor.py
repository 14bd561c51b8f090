"""What a visitor has read, in a signed cookie of their own: nothing of it is stored here until they have an account."""

from collections.abc import Iterable

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from course.learning.reading.rules import NOTHING_DONE, Done

A_YEAR = 365 * 24 * 3600
MOST = 400
"""Lessons that fit into one cookie."""


def has_read() -> Done:
    """The items of the lessons that this browser's visitor has marked as read; none where the cookie is not ours."""
    cookie = request.cookies.get(_name(), "")
    if not cookie:
        return NOTHING_DONE
    try:
        items = _signer().loads(cookie)
    except BadSignature:
        return NOTHING_DONE
    return frozenset(item for item in items if isinstance(item, int))


def keep(response: Response, items: Iterable[int]) -> None:
    """Give the browser the cookie that says what was read. The newest items win where there are too many."""
    newest = sorted(items)[-MOST:]
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        _name(), _signer().dumps(newest), max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure, path="/"
    )


def forget(response: Response) -> Response:
    """Take the cookie back: what was in it is kept with an account now."""
    response.delete_cookie(_name(), path="/", samesite="Lax", secure=bool(current_app.config["SESSION_COOKIE_SECURE"]))
    return response


def _name() -> str:
    return "__Host-read" if current_app.config["SESSION_COOKIE_SECURE"] else "read"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="what a visitor has read")
