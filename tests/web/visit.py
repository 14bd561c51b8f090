"""A browser without JavaScript: reads pages, fills in their forms, follows links in letters."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from course import create_app
from course.db import db, transaction
from course.people import actions
from course.people.models import Mail

PASSWORD = "a long enough pass phrase"


class Visit:
    """Somebody at a device. `headers` go with every request."""

    def __init__(self, app: Flask, **headers: str) -> None:
        self.app = app
        self.client = app.test_client()
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, headers=self.headers, **more)

    def token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).text)
        assert found, f"no form at {path}"
        return found[1]

    def post(self, path: str, page: str | None = None, **fields: object) -> TestResponse:
        """Fill in the form that stands at `page` (by default the path itself) and send it to `path`."""
        data = {"csrf_token": self.token(page or path), **fields}
        return self.client.post(path, data=data, headers=self.headers)

    def sign_in(self, who: str, password: str = PASSWORD, **fields: object) -> TestResponse:
        return self.post("/en/sign-in", who=who, password=password, keep="y", **fields)

    def sign_up(self, email: str, password: str = PASSWORD, **fields: object) -> TestResponse:
        return self.post(
            "/en/sign-up", **{"email": email, "password": password, "name": "", "language": "en", **fields}
        )

    def is_signed_in(self) -> bool:
        return self.get("/en/settings").status_code == 200

    def cookie(self, name: str = "session") -> str | None:
        found = self.client.get_cookie(name)
        return found.value if found else None


@contextmanager
def another(app: Flask, **settings: Any) -> Iterator[Flask]:
    """A second worker on the same store, with settings of its own."""
    made = create_app(replace(app.config["COURSE"], **settings))
    made.testing = True
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def add(app: Flask, who: str = "ada@example.org", **more: Any) -> int:
    """An account that can sign in with PASSWORD. Returns the person's id."""
    with app.app_context(), transaction():
        return actions.add_person(who, PASSWORD, **{"confirmed": True, **more}).person_id


def letters(app: Flask, address: str) -> list[Mail]:
    with app.app_context():
        found = list(db.session.scalars(select(Mail).where(Mail.recipient == address).order_by(Mail.id)))
        db.session.expunge_all()
        return found


def link_in(letter: Mail, part: str = "") -> str:
    """The path of the first link in a letter that contains `part`."""
    return next(path for path in re.findall(r"https?://[^/\s]+(/\S*)", letter.body) if part in path)
