"""No other site may act in a person's name."""

import itertools

import itsdangerous.timed
import pytest
from flask import Flask

from course.web.access import allow, anyone
from course.web.forgery import by_origin, token
from tests.web.visit import Visit, add


def test_every_write_without_a_token_is_refused(app: Flask) -> None:
    add(app)
    visit = Visit(app)
    visit.sign_in("ada@example.org")
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            values = dict.fromkeys(rule.arguments, "1") | {"lang": "en"}
            if "number" in values:
                values["number"] = 1
            path = adapter.build(rule.endpoint, values, method="POST")
            assert visit.client.post(path, data={}).status_code == 400, rule.rule


def test_a_token_of_another_session_is_refused(app: Flask) -> None:
    add(app)
    stolen = Visit(app).token("/en/sign-in")
    visit = Visit(app)
    visit.get("/en/sign-in")
    reply = visit.client.post("/en/sign-in", data={"csrf_token": stolen, "who": "ada@example.org", "password": "x"})
    assert reply.status_code == 400


def test_a_token_is_new_after_signing_in(app: Flask) -> None:
    add(app)
    visit = Visit(app)
    before = visit.token("/en/sign-in")
    visit.sign_in("ada@example.org")
    reply = visit.client.post("/en/settings", data={"csrf_token": before, "name": "x"})
    assert reply.status_code == 400


@pytest.fixture
def open_form(app: Flask) -> Flask:
    app.add_url_rule("/open", "open", allow(anyone)(by_origin(lambda: "taken")), methods=["POST"])
    return app


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 400),
        ({"Sec-Fetch-Site": "same-site"}, 400),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://evil.example"}, 400),
        ({"Origin": "null"}, 400),
        ({"Referer": "http://localhost/en/"}, 200),
        ({"Referer": "http://localhost.evil.example/"}, 400),
        ({}, 400),
    ],
)
def test_a_visitors_form_is_taken_from_this_site_only(open_form: Flask, headers: dict[str, str], status: int) -> None:
    assert open_form.test_client().post("/open", headers=headers).status_code == status


def test_a_wrong_token_is_refused_there_too(open_form: Flask) -> None:
    reply = open_form.test_client().post("/open", data={"csrf_token": "x"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert reply.status_code == 400


def test_a_page_made_over_the_turn_of_a_second_carries_one_token(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.count(1_767_225_600)
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: next(seconds))
    with app.test_request_context("/en/"):
        assert token() == token()
