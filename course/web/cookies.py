"""The session cookie, as Flask signs it. A signature that was verified once is not computed again."""

from copy import deepcopy
from functools import lru_cache
from time import time
from typing import Any, cast

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, TimestampSigner

from course.web.compression import vary

KEPT = 4096
"""Verified cookies remembered in each worker: about 400 bytes each."""


class SessionCookies(SecureCookieSessionInterface):
    """Flask's own, with a memory. No two requests share an object of it."""

    def __init__(self) -> None:
        self._verify = lru_cache(KEPT)(self._unsigned)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        value = request.cookies.get(self.get_cookie_name(app))
        if not value:
            return self.session_class()
        try:
            held, signed_at = self._verify(app, value)
        except BadSignature:
            return self.session_class()
        if time() - signed_at > app.permanent_session_lifetime.total_seconds():
            return self.session_class()
        # Most sessions hold texts alone, which nobody can change; a list in one (of notices) is copied.
        flat = all(isinstance(one, str | bool) for one in held.values())
        return self.session_class(held if flat else deepcopy(held))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.modified:  # a cookie is not renewed by being shown (SESSION_REFRESH_EACH_REQUEST)
            super().save_session(app, session, response)
        elif session.accessed:
            vary(response, "Cookie")

    def _unsigned(self, app: Flask, value: str) -> tuple[dict[str, Any], float]:
        signing = self.get_signing_serializer(app)
        assert signing is not None
        signer = cast("TimestampSigner", signing.make_signer(signing.salt))
        payload, at = signer.unsign(value, return_timestamp=True)
        return signing.load_payload(payload), at.timestamp()
