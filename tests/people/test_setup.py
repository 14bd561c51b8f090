"""The first admin."""

from collections.abc import Callable

import pytest
from flask import Flask

from course.people import tokens
from course.people.rules import DAY
from tests.web.visit import PASSWORD, Visit, add

START = 1_767_225_600_000_000


def link(app: Flask) -> str:
    with app.app_context():
        return f"/en/setup/{tokens.made(tokens.SETUP, 'first admin')}"


def test_the_printed_link_makes_the_first_admin_and_signs_in(app: Flask) -> None:
    visit = Visit(app)
    reply = visit.post(link(app), name="Root", email="root@example.org", password=PASSWORD)
    assert reply.location == "/en/"
    assert visit.is_signed_in()
    with app.test_request_context():
        from course.people.queries import has_admin

        assert has_admin()


def test_the_link_dies_when_used(app: Flask) -> None:
    path = link(app)
    second = Visit(app)
    token = second.token(path)
    Visit(app).post(path, email="root@example.org", password=PASSWORD)
    assert Visit(app).get(path).status_code == 410
    form = {"csrf_token": token, "email": "eve@example.org", "password": PASSWORD, "name": ""}
    assert second.client.post(path, data=form).status_code == 410
    assert Visit(app).get(link(app)).status_code == 410


def test_the_link_ends_after_a_day(app: Flask, at: Callable[[int], None]) -> None:
    path = link(app)
    at(START + DAY + 5_000_000)
    assert Visit(app).get(path).status_code == 410


def test_there_is_no_link_once_there_is_an_admin(app: Flask) -> None:
    add(app, role="admin")
    assert Visit(app).get(link(app)).status_code == 410


def test_a_guessed_link_is_none(app: Flask) -> None:
    assert Visit(app).get("/en/setup/first-admin").status_code == 404


@pytest.mark.parametrize("password", ["short", "password1"])
def test_the_first_password_has_to_fit_too(app: Flask, password: str) -> None:
    reply = Visit(app).post(link(app), email="root@example.org", password=password)
    assert reply.status_code == 422


def test_an_address_that_is_taken_is_refused_at_its_field(app: Flask) -> None:
    add(app, "root@example.org")
    reply = Visit(app).post(link(app), email="root@example.org", password=PASSWORD)
    assert reply.status_code == 422
    assert "has an account already" in reply.text
