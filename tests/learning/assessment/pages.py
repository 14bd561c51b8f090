"""A learner's browser without JavaScript: pages, the forms in them, and buttons that send those."""

from collections.abc import Mapping
from contextvars import Context
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class FormOnPage:
    """A form as it stands: where it goes, its fields' values, and its submit buttons by their words."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)
    checks: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormOnPage] = []
        self.form: FormOnPage | None = None
        self.button: tuple[str, str] | None = None
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = FormOnPage(found.get("action", ""))
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "button":
            self.button, self.words = (found.get("name", ""), found.get("value", "")), ""
        elif tag == "input" and found.get("name"):
            self._control(self.form, found)

    def _control(self, form: FormOnPage, found: dict[str, str]) -> None:
        values = form.fields.setdefault(found["name"], [])
        if found.get("type") not in ("radio", "checkbox"):
            values.append(found.get("value", ""))
        else:
            form.checks.add(found["name"])
            if "checked" in found:
                values.append(found["value"])

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self.form is not None and self.button is not None:
            self.form.buttons[" ".join(self.words.split())] = self.button
            self.button = None
        elif tag == "form":
            self.form = None


def forms(html: str) -> list[FormOnPage]:
    reader = _Reader()
    reader.feed(html)
    return reader.forms


@dataclass
class Browser:
    """Follows redirects, keeps what was sent to it. `seen` is every byte that arrived, headers included."""

    client: FlaskClient
    page: TestResponse | None = None
    seen: list[str] = field(default_factory=list)

    def open(self, address: str) -> TestResponse:
        return self._keep(self.get(address))

    def get(self, address: str) -> TestResponse:
        """One request and its reply. In a context of its own, or the test's would lend it its viewer and language."""
        return Context().run(self.client.get, address)

    def post(self, address: str, data: Mapping[str, str | list[str]], **more: Any) -> TestResponse:
        return Context().run(self.client.post, address, data=data, **more)

    def go(self, address: str, data: Mapping[str, str | list[str]]) -> TestResponse:
        """Send a form that no page has, and follow where it leads."""
        return self._keep(self.post(address, data))

    @property
    def html(self) -> str:
        assert self.page is not None
        return self.page.get_data(as_text=True)

    @property
    def path(self) -> str:
        assert self.page is not None
        return self.page.request.path

    def form(self, part: str = "") -> FormOnPage:
        """The first form on the page whose address has this part in it."""
        return next(form for form in forms(self.html) if part in form.action)

    def press(self, words: str, part: str = "", **fields: str | list[str]) -> TestResponse:
        """Fill in fields of the form, and press its button with these words."""
        form = next(form for form in forms(self.html) if words in form.buttons and part in form.action)
        return self.send(form, words, **fields)

    def send(self, form: FormOnPage, words: str, **fields: str | list[str]) -> TestResponse:
        name, value = form.buttons[words]
        data: dict[str, str | list[str]] = {**form.fields, **fields}
        if name:
            data[name] = value
        return self.go(form.action, data)

    def _keep(self, response: TestResponse) -> TestResponse:
        while True:
            self.seen.append(f"{response.status}\n{response.headers}\n{response.get_data(as_text=True)}")
            if response.status_code not in (301, 302, 303):
                break
            response = self.get(response.headers["Location"])
        self.page = response
        return response
