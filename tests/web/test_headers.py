"""Every response carries the headers, whatever went wrong."""

from collections.abc import Iterator

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse

from course.web.access import allow, anyone
from course.web.headers import FIXED
from tests.web.visit import Visit, add, another


def replies(app: Flask) -> dict[str, TestResponse]:
    """One response of each kind."""

    @allow(anyone)
    def broken() -> str:
        raise RuntimeError("secret detail")

    app.add_url_rule("/broken", "broken", broken)
    visit = Visit(app)
    style = visit.get("/en/sign-in").text.split('rel="stylesheet" href="')[1].split('"')[0]
    return {
        "page": visit.get("/en/sign-in"),
        "redirect": visit.get("/"),
        "to sign-in": visit.get("/en/settings"),
        "asset": visit.get(style),
        "no such asset": visit.get("/static/0000/app.css"),
        "404": visit.get("/en/nowhere"),
        "404 of a language": visit.get("/xx/sign-in"),
        "405": visit.client.post("/healthz", data={"csrf_token": visit.token("/en/sign-in")}),
        "400": visit.client.post("/en/sign-in", data={"who": "x"}),
        "413": visit.client.post("/en/sign-in", data={"who": "x" * 1_100_000}),
        "500": visit.get("/broken"),
        "options": visit.client.options("/en/sign-in"),
        "head": visit.client.head("/en/sign-in"),
        "health": visit.get("/healthz"),
    }


def test_every_response_has_the_security_headers(app: Flask) -> None:
    for kind, reply in replies(app).items():
        for name, value in FIXED.items():
            assert reply.headers.get(name) == value, f"{kind} ({reply.status_code}) lacks {name}"
        assert "Cache-Control" in reply.headers, kind


def test_responses_have_the_status_they_are_named_after(app: Flask) -> None:
    found = {kind: reply.status_code for kind, reply in replies(app).items() if kind.isdigit()}
    assert found == {"404": 404, "405": 405, "400": 400, "413": 413, "500": 500}


def test_text_says_its_charset(app: Flask) -> None:
    for kind, reply in replies(app).items():
        if reply.data:
            assert "charset=utf-8" in reply.content_type, kind


def test_the_policy_allows_nothing_inline_and_no_frame() -> None:
    policy = FIXED["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "object-src 'none'" in policy


def test_an_error_page_tells_no_secret(app: Flask) -> None:
    page = replies(app)["500"].text
    assert "secret detail" not in page
    assert "RuntimeError" not in page


@pytest.fixture
def secure(app: Flask) -> Iterator[Flask]:
    with another(app, public_url="https://learn.example.org") as made:
        yield made


def test_over_tls_browsers_are_told_to_stay_there(secure: Flask) -> None:
    reply = secure.test_client().get("/en/sign-in")
    assert "max-age=31536000" in reply.headers["Strict-Transport-Security"]


def test_without_tls_nothing_promises_it(app: Flask) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/en/sign-in").headers


def test_the_session_cookie_is_locked_down(secure: Flask) -> None:
    reply = secure.test_client().get("/en/sign-in", base_url="https://learn.example.org")
    cookie = reply.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_a_personal_page_is_kept_by_no_cache(app: Flask) -> None:
    add(app)
    visit = Visit(app)
    assert visit.sign_in("ada@example.org").headers["Cache-Control"] == "private, no-store"
    assert visit.get("/en/settings").headers["Cache-Control"] == "private, no-store"
    assert visit.get("/en/courses/").headers["Cache-Control"] == "private, no-store"


def test_a_visitors_page_sets_no_cookie_and_may_be_kept(tiny: Flask) -> None:
    for path in ("/en/", "/en/courses/", "/en/courses/tiny/"):
        reply = tiny.test_client().get(path)
        assert reply.status_code == 200, path
        assert "Set-Cookie" not in reply.headers, path
        assert "no-store" not in reply.headers["Cache-Control"], path


def test_forwarded_headers_are_believed_only_from_a_proxy_that_is_named(app: Flask) -> None:
    seen = []

    @allow(anyone)
    def who() -> str:
        seen.append((request.remote_addr, request.scheme))
        return ""

    for proxies in (0, 1):
        with another(app, trusted_proxies=proxies) as made:
            made.add_url_rule("/who", "who", who)
            made.test_client().get("/who", headers={"X-Forwarded-For": "9.9.9.9", "X-Forwarded-Proto": "https"})
    assert seen == [("127.0.0.1", "http"), ("9.9.9.9", "https")]
