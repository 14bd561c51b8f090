"""A link that no longer works says why, and leads on: to a new letter, to signing in, or to the command."""

from collections.abc import Callable

from flask import Flask

from course.people import tokens
from course.people.rules import DAY, HOUR
from tests.web.visit import PASSWORD, Visit, add, letters, link_in

EVA = "eva@example.org"
START = 1_767_225_600_000_000


def newest_link(app: Flask) -> str:
    return link_in(letters(app, EVA)[-1])


def test_a_confirmation_that_came_too_late_offers_a_new_letter_to_its_address(
    app: Flask, at: Callable[[int], None]
) -> None:
    Visit(app).sign_up(EVA)
    at(START + 3 * DAY + 10_000_000)
    late, visit = newest_link(app), Visit(app)
    page = visit.get(late).text
    assert "three days" in page
    assert f'value="{EVA}"' in page
    assert visit.post("/en/confirm", page=late, email=EVA).location == "/en/sign-up/sent"
    assert newest_link(app) != late
    assert visit.get(newest_link(app)).status_code == 200


def test_a_confirmation_that_was_replaced_says_so_and_tells_no_address(app: Flask) -> None:
    Visit(app).sign_up(EVA)
    first = newest_link(app)
    Visit(app).sign_up(EVA)
    page = Visit(app).get(first).text
    assert "newer e-mail" in page
    assert EVA not in page


def test_a_used_link_for_a_password_offers_a_new_one(app: Flask) -> None:
    add(app, EVA)
    Visit(app).post("/en/reset", email=EVA)
    used, visit = newest_link(app), Visit(app)
    visit.post(used, password="another good pass phrase")
    assert "it was used" in visit.get(used).text
    visit.post("/en/reset", page=used, email=EVA)
    assert visit.get(newest_link(app)).status_code == 200


def test_a_link_for_a_password_that_came_too_late_knows_its_address(app: Flask, at: Callable[[int], None]) -> None:
    add(app, EVA)
    Visit(app).post("/en/reset", email=EVA)
    at(START + HOUR + 10_000_000)
    page = Visit(app).get(newest_link(app)).text
    assert "one hour" in page
    assert f'value="{EVA}"' in page


def test_a_link_that_was_cut_off_says_so(app: Flask) -> None:
    Visit(app).sign_up(EVA)
    assert "not whole" in Visit(app).get(newest_link(app)[:-4]).text


def test_the_first_admins_link_says_what_to_do_where_there_is_no_admin_yet(
    app: Flask, at: Callable[[int], None]
) -> None:
    with app.app_context():
        path = f"/en/setup/{tokens.made(tokens.SETUP, 'first admin')}"
    at(START + DAY + 10_000_000)
    assert "course serve" in Visit(app).get(path).text
    add(app, role="admin")
    page = Visit(app).get(path).text
    assert "has its admin" in page
    assert 'href="/en/sign-in"' in page


def test_asking_for_the_letter_again_tells_nobody_who_has_an_account(app: Flask) -> None:
    add(app, "ada@example.org")
    Visit(app).sign_up(EVA)
    replies = [Visit(app).post("/en/confirm", email=who) for who in (EVA, "ada@example.org", "nobody@example.org")]
    assert len({(reply.status_code, reply.location) for reply in replies}) == 1
    assert "/confirm/" in letters(app, EVA)[-1].body
    assert "/confirm/" not in letters(app, "ada@example.org")[-1].body
    assert "no account" in letters(app, "nobody@example.org")[-1].subject


def test_an_account_that_was_opened_by_a_second_letter_lets_in(app: Flask) -> None:
    visit = Visit(app)
    visit.sign_up(EVA)
    visit.post("/en/confirm", email=EVA)
    visit.post(newest_link(app))
    assert visit.is_signed_in()
    assert Visit(app).sign_in(EVA, PASSWORD).status_code == 303
