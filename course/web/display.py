"""How a reader wants pages to look: theme, text size, line length, shortcuts. Kept in a cookie, not in an account.

A cookie, because a phone and a desktop want different things, and visitors have no account. The server writes
it onto `<html>`, so that a page never changes its look while it loads.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Self

from flask import Blueprint, Response, request

from course.web.access import allow, anyone
from course.web.language import path_language
from course.web.pages import back_to, page, to_address

COOKIE = "display"
A_YEAR = 365 * 24 * 3600

CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": ("light", "dark"),
    "size": ("small", "large", "larger"),
    "measure": ("short", "long"),
    "keys": ("off",),
}
"""What may be chosen for each setting; the empty text is the usual."""


@dataclass(frozen=True, slots=True)
class Display:
    """A reader's settings; each is one of its `CHOICES`, or empty for the usual."""

    theme: str = ""
    size: str = ""
    measure: str = ""
    keys: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Self:
        """The settings in a form. What is unknown counts as the usual."""
        return cls(**{name: _known(name, values.get(name, "")) for name in CHOICES})

    @classmethod
    def read(cls, cookie: str) -> Self:
        """The settings in a cookie: their values in order, joined by dots."""
        names = [setting.name for setting in fields(cls)]
        return cls.of(dict(zip(names, cookie.split("."), strict=False)))

    def write(self) -> str:
        return ".".join(asdict(self).values())

    def __getitem__(self, name: str) -> str:
        """A setting by its name, for templates."""
        return str(asdict(self)[name])


def _known(name: str, value: str) -> str:
    return value if value in CHOICES[name] else ""


def display() -> Display:
    """The settings of whoever asks for this page."""
    return Display.read(request.cookies.get(COOKIE, ""))


blueprint = Blueprint("display", __name__, url_prefix="/<lang>")


@blueprint.get("/display")
@allow(anyone)
def show() -> str:
    """The choices as a page, where no script shows them in place."""
    return page("display.html", back=back_to(f"/{path_language()}/"))


@blueprint.post("/display")
@allow(anyone)
def choose() -> Response:
    """Keep the choice, and go back to the page it was made on."""
    response = to_address(back_to(f"/{path_language()}/"))
    chosen = Display.of(request.form).write()
    response.set_cookie(COOKIE, chosen, max_age=A_YEAR, samesite="Lax", secure=request.is_secure, httponly=True)
    return response
