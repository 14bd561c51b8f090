"""Name, language and time zone."""

import re

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy import select

from course.db import db
from course.people.models import Account
from tests.web.visit import Visit, add


@pytest.fixture
def visit(app: Flask) -> Visit:
    add(app, name="Ada")
    visit = Visit(app)
    visit.sign_in("ada@example.org")
    return visit


def saved(app: Flask) -> tuple[str, str, str]:
    with app.app_context():
        account = db.session.scalars(select(Account)).one()
        return account.name, account.language, account.time_zone


def test_saving_goes_on_in_the_language_that_was_chosen(app: Flask, visit: Visit) -> None:
    reply = visit.post("/en/settings", name="Ada L.", language="fr", time_zone="Africa/Dakar")
    assert reply.location == "/fr/settings"
    assert saved(app) == ("Ada L.", "fr", "Africa/Dakar")
    assert 'value="Ada L."' in visit.get("/fr/settings").text


@pytest.mark.parametrize(
    "fields",
    [{"language": "xx"}, {"time_zone": "Mars/Olympus"}, {"time_zone": "../../etc/passwd"}, {"name": "x" * 201}],
)
def test_what_does_not_exist_is_refused(app: Flask, visit: Visit, fields: dict[str, str]) -> None:
    usual = {"name": "Eve", "language": "fr", "time_zone": "UTC"}
    assert visit.post("/en/settings", **(usual | fields)).status_code == 422
    assert saved(app) == ("Ada", "en", "UTC")


def test_nothing_else_can_be_set(app: Flask, visit: Visit) -> None:
    visit.post("/en/settings", name="", language="en", time_zone="UTC", is_admin="1", email="x@example.org")
    with app.app_context():
        account = db.session.scalars(select(Account)).one()
        assert (account.is_admin, account.email) == (False, "ada@example.org")


@pytest.mark.parametrize("name", ["<b>Ada</b>", "\"'&<>", "{{7*7}}", "a\u2028b", "Zoë Ünal-Łukasz", "عائشة"])
def test_a_name_is_shown_as_it_was_given_and_never_read_as_anything_else(visit: Visit, name: str) -> None:
    visit.post("/en/settings", name=name, language="en", time_zone="UTC")
    header = visit.get("/en/settings").text.split("<main")[0]
    assert f'<span class="menu-name">{escape(" ".join(name.split()))}</span>' in header


def test_a_name_stays_on_one_line(app: Flask, visit: Visit) -> None:
    visit.post("/en/settings", name="Ada\r\nBcc: all@example.org\t x", language="en", time_zone="UTC")
    assert saved(app)[0] == "Ada Bcc: all@example.org x"


def test_somebody_sees_where_they_are_signed_in_and_ends_it_there(app: Flask, visit: Visit) -> None:
    phone, tablet = Visit(app), Visit(app)
    for device in (phone, tablet):
        device.sign_in("ada@example.org")
    page = visit.get("/en/settings").text
    assert page.count("Sign it out") == 2
    newest = re.findall(r'name="sign_in" value="(\d+)"', page)[0]
    visit.post("/en/settings/sign-ins/end", page="/en/settings", sign_in=newest)
    assert (phone.is_signed_in(), tablet.is_signed_in(), visit.is_signed_in()) == (True, False, True)
    visit.post("/en/settings/sign-ins/end", page="/en/settings")
    assert (phone.is_signed_in(), visit.is_signed_in()) == (False, True)


def test_nobody_ends_somebody_else_s_sign_in(app: Flask, visit: Visit) -> None:
    add(app, "eve@example.org")
    eve = Visit(app)
    eve.sign_in("eve@example.org")
    eve.post("/en/settings/sign-ins/end", page="/en/settings", sign_in="1")
    eve.post("/en/settings/sign-ins/end", page="/en/settings", sign_in="x")
    assert visit.is_signed_in()
