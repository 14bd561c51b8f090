"""A forgotten password, a new one, and what ends with the old."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from course.db import db
from course.people.rules import HOUR
from tests.web.visit import PASSWORD, Visit, add, another, letters, link_in

START = 1_767_225_600_000_000
NEW = "another good pass phrase"


def ask(app: Flask, email: str = "ada@example.org") -> str:
    """Ask for a link; returns its path."""
    Visit(app).post("/en/reset", email=email)
    return link_in(letters(app, email)[-1], "/reset/")


def test_a_forgotten_password_is_replaced_by_mail(app: Flask) -> None:
    add(app)
    path = ask(app)
    reply = Visit(app).post(path, password=NEW)
    assert reply.location.endswith("/sign-in")
    assert Visit(app).sign_in("ada@example.org").status_code == 422
    assert Visit(app).sign_in("ada@example.org", NEW).status_code == 303
    assert "changed" in letters(app, "ada@example.org")[-1].subject


def test_a_link_works_once(app: Flask) -> None:
    add(app)
    path = ask(app)
    Visit(app).post(path, password=NEW)
    assert Visit(app).get(path).status_code == 410


def test_opening_the_link_alone_uses_nothing_up(app: Flask) -> None:
    add(app)
    path = ask(app)
    for _ in range(3):
        assert Visit(app).get(path).status_code == 200
    assert Visit(app).post(path, password=NEW).status_code == 303


def test_a_link_ends_after_an_hour(app: Flask, at: Callable[[int], None]) -> None:
    add(app)
    path = ask(app)
    at(START + HOUR + 5_000_000)
    assert Visit(app).get(path).status_code == 410


def test_every_address_gets_the_same_answer(app: Flask) -> None:
    add(app)
    replies = [Visit(app).post("/en/reset", email=who) for who in ("ada@example.org", "eve@example.org")]
    assert len({(reply.status_code, reply.location, reply.text) for reply in replies}) == 1
    assert "no account" in letters(app, "eve@example.org")[0].subject
    assert "/reset/" not in letters(app, "eve@example.org")[0].body


def test_nobody_can_have_a_mailbox_filled(app: Flask) -> None:
    add(app)
    for _ in range(6):
        assert Visit(app).post("/en/reset", email="ada@example.org").status_code == 303
    assert len(letters(app, "ada@example.org")) == 3


def test_a_new_password_ends_every_sign_in_on_every_worker(app: Flask) -> None:
    add(app)
    with another(app) as worker:
        here, there = Visit(app), Visit(worker)
        here.sign_in("ada@example.org")
        there.sign_in("ada@example.org")
        Visit(app).post(ask(app), password=NEW)
        assert not here.is_signed_in()
        assert not there.is_signed_in()


def test_a_changed_password_ends_the_other_sign_ins_and_keeps_this_one(app: Flask) -> None:
    add(app)
    with another(app) as worker:
        here, there = Visit(app), Visit(worker)
        here.sign_in("ada@example.org")
        there.sign_in("ada@example.org")
        reply = here.post("/en/settings/password", current=PASSWORD, password=NEW)
        assert reply.location == "/en/settings"
        assert here.is_signed_in()
        assert not there.is_signed_in()


def test_a_change_ends_the_links_that_were_mailed_before(app: Flask) -> None:
    add(app)
    path = ask(app)
    visit = Visit(app)
    visit.sign_in("ada@example.org")
    visit.post("/en/settings/password", current=PASSWORD, password=NEW)
    assert Visit(app).get(path).status_code == 410


def test_a_change_needs_the_current_password_and_guessing_it_is_counted(app: Flask) -> None:
    add(app)
    visit = Visit(app)
    visit.sign_in("ada@example.org")
    for _ in range(10):
        assert visit.post("/en/settings/password", current="a wrong one", password=NEW).status_code == 422
    assert visit.post("/en/settings/password", current=PASSWORD, password=NEW).status_code == 422
    assert Visit(app).sign_in("ada@example.org", NEW).status_code == 422


def test_a_new_password_ends_a_lock(app: Flask) -> None:
    add(app)
    for _ in range(10):
        Visit(app).sign_in("ada@example.org", "a wrong pass phrase")
    Visit(app).post(ask(app), password=NEW)
    assert Visit(app).sign_in("ada@example.org", NEW).status_code == 303


def test_an_inactive_account_gets_no_link(app: Flask) -> None:
    add(app)
    with app.app_context():
        db.session.execute(text("UPDATE account SET active = false"))
        db.session.commit()
    Visit(app).post("/en/reset", email="ada@example.org")
    assert "/reset/" not in letters(app, "ada@example.org")[0].body


def test_the_link_confirms_the_address_too(app: Flask) -> None:
    add(app, confirmed=False)
    Visit(app).post(ask(app), password=NEW)
    assert Visit(app).sign_in("ada@example.org", NEW).location == "/"


@pytest.mark.parametrize("password", ["short", "password1", "x" * 200])
def test_a_new_password_has_to_fit(app: Flask, password: str) -> None:
    add(app)
    assert Visit(app).post(ask(app), password=password).status_code == 422
