"""What the service worker is given: itself, words, a fresh token, and whose pages it keeps."""

import re

import pytest
from flask import Flask

from course.web.assets import assets
from tests.web.visit import PASSWORD, Visit, add

READER = re.compile(r'data-reader="([^"]*)" data-hours="(\d+)"')


def signed_in(app: Flask, who: str = "ada@example.org", **fields: object) -> Visit:
    visit = Visit(app)
    visit.post("/en/sign-in", who=who, password=PASSWORD, **fields)
    return visit


def reader(visit: Visit, address: str = "/en/") -> tuple[str, str]:
    found = READER.search(visit.get(address).text)
    assert found is not None
    return found[1], found[2]


def test_the_worker_is_served_for_the_whole_site_and_asked_for_again(app: Flask) -> None:
    reply = Visit(app).get("/sw.js")
    assert reply.mimetype == "text/javascript"
    assert reply.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in reply.headers
    again = app.test_client().get("/sw.js", headers={"If-None-Match": reply.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_another_style_or_script_makes_another_worker(app: Flask) -> None:
    text = Visit(app).get("/sw.js").text
    with app.app_context():
        known = assets()
    for name in ("app.css", "app.js", "offline.js", "icons.svg"):
        assert f'"/static/{known[name].hash}/{name}"' in text


def test_a_visitor_gets_no_token_and_no_cookie(app: Flask) -> None:
    reply = Visit(app).get("/form-token")
    assert reply.json == {"csrf_token": "", "reader": ""}
    assert "Set-Cookie" not in reply.headers
    assert reply.headers["Cache-Control"] == "no-store"


def test_a_token_that_was_asked_for_opens_a_form(app: Flask) -> None:
    add(app)
    visit = signed_in(app)
    reply = visit.get("/form-token")
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.json is not None
    sent = {"csrf_token": reply.json["csrf_token"]}
    assert visit.client.post("/en/sign-out", data=sent).status_code == 303
    assert not visit.is_signed_in()


def test_a_page_names_its_reader_and_tells_nothing_about_them(app: Flask) -> None:
    person = add(app)
    add(app, "bob@example.org")
    ada, bob = signed_in(app, keep="y"), signed_in(app, "bob@example.org")
    name, hours = reader(ada)
    assert hours == "720"
    assert reader(bob) != (name, hours)
    assert name != str(person)
    assert reader(signed_in(app)) == (name, "12"), "the same person, on a device that others use, too"
    token = ada.get("/form-token").json
    assert token is not None
    assert token["reader"] == name


def test_a_visitors_page_names_nobody(app: Flask) -> None:
    assert "data-reader" not in Visit(app).get("/en/").text


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "This page is not on your device"),
        ("fr", "Cette page n’est pas sur votre appareil"),
        ("es", "Esta página no está en su dispositivo"),
    ],
)
def test_the_page_for_no_connection_speaks_every_language(app: Flask, language: str, title: str) -> None:
    page = Visit(app).get(f"/{language}/offline").text
    assert f"<h1>{title}</h1>" in page
    assert len(re.findall(r'data-word="[^"]+">[^<]+<', page)) == 7


def test_only_pages_to_read_and_answer_say_that_they_may_be_kept(tiny: Flask) -> None:
    add(tiny)
    visit = signed_in(tiny)
    for path in ("/en/settings", "/en/display", "/en/sign-up", "/en/offline", "/en/nowhere"):
        assert " data-keep" not in visit.get(path).text.split("<main", 1)[0], path
    for path in ("/en/", "/en/courses/tiny/", "/en/courses/tiny/water/", "/en/courses/tiny/glossary/"):
        assert " data-keep" in visit.get(path).text.split("<main", 1)[0], path


def test_signing_out_has_the_browser_drop_what_it_kept(app: Flask) -> None:
    add(app)
    reply = signed_in(app).post("/en/sign-out", page="/en/")
    assert reply.headers["Clear-Site-Data"] == '"cache", "storage"'
