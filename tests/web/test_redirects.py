"""`next` leads to a page of this site or nowhere."""

import pytest
from flask import Flask

from course.web.pages import is_own_page
from tests.web.visit import Visit, add

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "/en/../../evil",
    "https:/evil.example",
    "/en/sign-in@evil.example",
    "//user@evil.example",
    "http://127.0.0.1@evil.example/",
    "%2f%2fevil.example",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "vbscript:x",
    "",
    "en/settings",
    "?next=/",
    "#x",
    "/en/settings\u2028",
    "/en/sign-out",
    "/nowhere",
    "/" + "x" * 3000,
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_an_address_elsewhere_is_not_our_own(app: Flask, target: str) -> None:
    with app.test_request_context("/en/sign-in"):
        assert not is_own_page(target)


@pytest.mark.parametrize("target", ["/en/settings", "/fr/courses/", "/en/courses/?q=a%20b", "/en/settings#password"])
def test_a_page_of_this_site_is_our_own(app: Flask, target: str) -> None:
    with app.test_request_context("/en/sign-in"):
        assert is_own_page(target)


def test_signing_in_leads_nowhere_else(app: Flask) -> None:
    add(app)
    for target in ELSEWHERE:
        visit = Visit(app)
        reply = visit.sign_in("ada@example.org", next=target)
        assert reply.status_code == 303
        assert reply.location == "/", target


def test_the_display_form_leads_nowhere_else(app: Flask) -> None:
    visit = Visit(app)
    for target in ELSEWHERE:
        reply = visit.post("/en/display", back=target)
        assert reply.location.startswith("/en/"), target
