"""Hashing of passwords: Argon2id at the cost that OWASP names (19 MiB, two passes, one lane; about 18 ms)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from course.people.rules import normal_password

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NOBODYS = _hasher.hash("nobody has this password, but comparing with it takes as long as with any other")


def hashed(password: str) -> str:
    """The password as it is stored."""
    return _hasher.hash(normal_password(password))


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one. With nothing stored it takes as long, and is False."""
    try:
        return _hasher.verify(stored or _NOBODYS, normal_password(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
