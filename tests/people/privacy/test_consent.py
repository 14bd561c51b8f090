"""Who opens an account agrees to the notice; when it changes they are asked again, and go on where they were going."""

import pytest
from flask import Flask
from sqlalchemy import select

from course.db import db, transaction
from course.people.privacy import consent
from course.people.privacy.models import Consent
from tests.web.visit import PASSWORD, Visit, add, letters, link_in


def versions(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Consent.version).order_by(Consent.id)))


def opened(app: Flask) -> Visit:
    visit = Visit(app)
    visit.sign_up("ada@example.org")
    assert visit.post(link_in(letters(app, "ada@example.org")[-1])).status_code == 303
    return visit


def test_opening_an_account_says_what_one_agrees_to_and_keeps_which_version(app: Flask) -> None:
    assert 'href="/en/privacy"' in Visit(app).get("/en/sign-up").text
    opened(app)
    assert versions(app) == [consent.VERSION]


def test_who_agreed_to_an_older_notice_is_asked_once_and_goes_on(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(app)
    monkeypatch.setattr(consent, "VERSION", "later")
    visit = Visit(app)
    reply = visit.post("/en/sign-in", who="ada@example.org", password=PASSWORD, keep="y", next="/en/settings")
    assert reply.location.startswith("/en/privacy")
    assert "has changed" in visit.get(reply.location).text
    assert visit.post("/en/privacy", page=reply.location, next="/en/settings").location == "/en/settings"
    visit.post("/en/privacy", page="/en/settings")
    assert versions(app)[-1:] == ["later"]
    assert len(versions(app)) == 2
    assert Visit(app).sign_in("ada@example.org").location != reply.location
    assert "has changed" not in visit.get("/en/privacy").text


def test_an_account_from_before_there_was_a_notice_is_asked(app: Flask) -> None:
    person = add(app, "old@example.org")
    with app.app_context(), transaction():
        db.session.add(Consent(person_id=person, version="", at=1))
    assert Visit(app).sign_in("old@example.org").location.startswith("/en/privacy")


def test_everybody_can_read_the_notice_and_nobody_agrees_for_somebody_else(app: Flask) -> None:
    assert Visit(app).get("/fr/privacy").status_code == 200
    visit = Visit(app)
    assert visit.post("/en/privacy", page="/en/sign-in").status_code == 403
    assert visit.client.post("/en/privacy").status_code == 400
    assert versions(app) == []
