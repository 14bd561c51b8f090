"""Links that prove something for a while: an address is read by its owner, an installation by who started it.

A token is signed, made for one purpose, and names the account by its stamp, which changes with the password:
so it works once, and dies with any other change.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from course import clock

CONFIRM, RESET, SETUP, INVITE = "confirm", "reset", "setup", "invite"
LIFETIME = {CONFIRM: 3 * 24 * 3600, RESET: 3600, SETUP: 24 * 3600, INVITE: 14 * 24 * 3600}
"""Seconds."""


class _Signer(TimestampSigner):
    def get_timestamp(self) -> int:
        return clock.now() // clock.MICROSECONDS


def made(purpose: str, content: Any) -> str:
    """A token for one of the purposes, safe in an address."""
    return str(_serializer(purpose).dumps(content))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token of ours holds, and whether its time is over: then it proves nothing any more."""

    content: Any
    late: bool


def read(purpose: str, token: str) -> Any | None:
    """What the token holds; None if it is not ours, was changed, is for another purpose, or is too old."""
    found = opened(purpose, token)
    return None if found is None or found.late else found.content


def opened(purpose: str, token: str) -> Opened | None:
    """As `read`, but also for a token that is too old, to tell its reader so."""
    serializer = _serializer(purpose)
    try:
        return Opened(serializer.loads(token, max_age=LIFETIME[purpose]), late=False)
    except SignatureExpired:
        return Opened(serializer.loads(token), late=True)
    except BadData:
        return None


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    key = current_app.config["SECRET_KEY"]
    return URLSafeTimedSerializer(key, salt=f"course.people.{purpose}", signer=_Signer)
