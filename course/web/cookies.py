"""The session cookie, as Flask signs it. A signature that was verified once is not computed again."""

from functools import lru_cache
from time import time
from typing import cast

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, TimestampSigner

KEPT = 4096
"""Verified cookies remembered in each worker: about 400 bytes each."""


class SessionCookies(SecureCookieSessionInterface):
    """Flask's own, with a memory. What is remembered is the signed text, so that no two requests share an object."""

    def __init__(self) -> None:
        self._verify = lru_cache(KEPT)(self._unsigned)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        value = request.cookies.get(self.get_cookie_name(app))
        signing = self.get_signing_serializer(app) if value else None
        if not value or signing is None:
            return self.session_class()
        try:
            payload, signed_at = self._verify(app, value)
            if time() - signed_at > app.permanent_session_lifetime.total_seconds():
                return self.session_class()
            return self.session_class(signing.load_payload(payload))
        except BadSignature:
            return self.session_class()

    def _unsigned(self, app: Flask, value: str) -> tuple[bytes, float]:
        signing = self.get_signing_serializer(app)
        assert signing is not None
        signer = cast("TimestampSigner", signing.make_signer(signing.salt))
        payload, at = signer.unsign(value, return_timestamp=True)
        return payload, at.timestamp()
