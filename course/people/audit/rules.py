"""How entries hang together. Pure: each entry's link is a digest of what it says and of the link before it.

Free text (`detail`) goes in as a digest with a salt of its own, so that it can be erased together with its salt: the
chain still holds, and nobody can try out what the text may have been.
"""

import hashlib
import hmac
import json
from typing import Protocol

FIRST = ""
"""What stands before the first entry."""


class Said(Protocol):
    """What an entry says. `at` in microseconds; `actor` and `person_id` are ids of people."""

    @property
    def at(self) -> int: ...
    @property
    def actor(self) -> int | None: ...
    @property
    def verb(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def person_id(self) -> int | None: ...
    @property
    def course(self) -> str: ...
    @property
    def digest(self) -> str: ...


def digested(detail: str, salt: str) -> str:
    """What stands for a free text in the chain: HMAC-SHA-256 (hex) of it under its salt."""
    return hmac.new(salt.encode(), detail.encode(), hashlib.sha256).hexdigest()


def linked(previous: str, said: Said) -> str:
    """The link of an entry behind the one whose link is `previous`: SHA-256 (hex)."""
    what = [previous, said.at, said.actor, said.verb, said.subject, said.person_id, said.course, said.digest]
    return hashlib.sha256(json.dumps(what, ensure_ascii=True).encode()).hexdigest()
