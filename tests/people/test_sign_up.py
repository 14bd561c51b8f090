"""Opening an account: the owner of the address has the last word, and nobody learns who has one."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from course.db import db
from course.people.models import Account, Mail
from course.people.rules import DAY
from course.people.signals import signed_in, signed_up
from tests.web.visit import PASSWORD, Visit, add, letters, link_in

START = 1_767_225_600_000_000


def confirm(visit: Visit, path: str):
    return visit.post(path)


def test_signing_up_confirming_and_being_in(app: Flask) -> None:
    visit = Visit(app)
    reply = visit.sign_up("Eva@Example.org", name="Eva", language="fr", next="/en/courses/")
    assert (reply.status_code, reply.location) == (303, "/en/sign-up/sent")
    assert "eva@example.org" in visit.get(reply.location).text
    assert not visit.is_signed_in()
    (letter,) = letters(app, "eva@example.org")
    path = link_in(letter, "/confirm/")
    assert path.startswith("/fr/confirm/")
    reply = confirm(visit, path)
    assert (reply.status_code, reply.location) == (303, "/en/courses/")
    assert visit.is_signed_in()


def test_opening_the_link_alone_changes_nothing(app: Flask) -> None:
    visit = Visit(app)
    visit.sign_up("eva@example.org")
    path = link_in(letters(app, "eva@example.org")[0])
    for _ in range(3):
        assert "eva@example.org" in Visit(app).get(path).text
    with app.app_context():
        assert db.session.scalar(select(Account.confirmed)) is None
    assert Visit(app).sign_in("eva@example.org").location == "/en/sign-up/sent"


def test_on_another_device_the_reader_of_the_mail_chooses_the_password(app: Flask) -> None:
    Visit(app).sign_up("eva@example.org", "what somebody typed elsewhere")
    other = Visit(app)
    reply = confirm(other, link_in(letters(app, "eva@example.org")[0]))
    assert "/reset/" in reply.location
    assert not other.is_signed_in()
    other.post(reply.location, password=PASSWORD)
    assert Visit(app).sign_in("eva@example.org", "what somebody typed elsewhere").status_code == 422
    other.sign_in("eva@example.org")
    assert other.is_signed_in()


def test_whoever_signs_up_later_with_an_address_of_somebody_else_gains_nothing(app: Flask) -> None:
    thief, owner = Visit(app), Visit(app)
    owner.sign_up("eva@example.org")
    thief.sign_up("eva@example.org", "the pass phrase of a thief")
    confirm(owner, link_in(letters(app, "eva@example.org")[-1]))
    assert not owner.is_signed_in()
    assert not confirmed(app)
    assert Visit(app).sign_in("eva@example.org", "the pass phrase of a thief").location == "/en/sign-up/sent"


def confirmed(app: Flask) -> bool:
    with app.app_context():
        return db.session.scalar(select(Account.confirmed)) is not None


def test_a_used_link_lets_nobody_in(app: Flask) -> None:
    visit = Visit(app)
    visit.sign_up("eva@example.org")
    path = link_in(letters(app, "eva@example.org")[0])
    other = Visit(app)
    token = other.token(path)
    confirm(visit, path)
    other.sign_up("eva@example.org", "somebody who found the link")
    other.client.post(path, data={"csrf_token": token})
    assert not other.is_signed_in()


def test_a_used_link_says_that_it_was_used(app: Flask) -> None:
    visit = Visit(app)
    visit.sign_up("eva@example.org")
    path = link_in(letters(app, "eva@example.org")[0])
    confirm(visit, path)
    assert "confirmed already" in Visit(app).get(path).text


def test_a_link_ends_after_three_days(app: Flask, at: Callable[[int], None]) -> None:
    Visit(app).sign_up("eva@example.org")
    path = link_in(letters(app, "eva@example.org")[0])
    at(START + 3 * DAY - 10_000_000)
    assert Visit(app).get(path).status_code == 200
    at(START + 3 * DAY + 10_000_000)
    assert Visit(app).get(path).status_code == 410


def test_a_changed_link_is_none(app: Flask) -> None:
    Visit(app).sign_up("eva@example.org")
    path = link_in(letters(app, "eva@example.org")[0])
    for place in range(len("/en/confirm/"), len(path), 7):
        changed = path[:place] + ("A" if path[place] != "A" else "B") + path[place + 1 :]
        assert Visit(app).get(changed).status_code == 404, place


def test_a_link_is_good_for_its_purpose_only(app: Flask) -> None:
    Visit(app).sign_up("eva@example.org")
    token = link_in(letters(app, "eva@example.org")[0]).rsplit("/", 1)[1]
    assert Visit(app).get(f"/en/reset/{token}").status_code == 404
    assert Visit(app).get(f"/en/setup/{token}").status_code == 404


def test_an_address_that_has_an_account_gets_the_same_page_and_another_letter(app: Flask) -> None:
    add(app, "ada@example.org")
    known, unknown = Visit(app), Visit(app)
    replies = [known.sign_up("ada@example.org", "another pass phrase"), unknown.sign_up("eva@example.org")]
    assert len({(reply.status_code, reply.location, reply.text) for reply in replies}) == 1
    pages = [v.get("/en/sign-up/sent").text.replace("ada@", "eva@") for v in (known, unknown)]
    assert pages[0] == pages[1]
    assert "already" in letters(app, "ada@example.org")[0].subject
    assert Visit(app).sign_in("ada@example.org").status_code == 303  # the password is what it was


def test_whoever_signed_up_first_with_an_address_of_somebody_else_gains_nothing(app: Flask) -> None:
    thief, owner = Visit(app), Visit(app)
    thief.sign_up("eva@example.org", "the pass phrase of a thief", name="Thief")
    owner.sign_up("eva@example.org", name="Eva")
    first, second = letters(app, "eva@example.org")
    assert owner.get(link_in(first)).status_code == 410
    confirm(owner, link_in(second))
    assert owner.is_signed_in()
    assert Visit(app).sign_in("eva@example.org", "the pass phrase of a thief").status_code == 422
    with app.app_context():
        assert db.session.scalar(select(Account.name)) == "Eva"


def test_nobody_can_have_a_mailbox_filled(app: Flask) -> None:
    for _ in range(6):
        assert Visit(app).sign_up("eva@example.org").status_code == 303
    assert len(letters(app, "eva@example.org")) == 3


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "no address"}, "Give an e-mail address"),
        ({"email": "a@b"}, "Give an e-mail address"),
        ({"email": "eva@example.org\r\nBcc: all@example.org"}, "Give an e-mail address"),
        ({"password": "short"}, "at least 8"),
        ({"password": "x" * 129}, "at most 128"),
        ({"password": "password123"}, "others would guess"),
        ({"password": "P@ssw0rd!"}, "others would guess"),
        ({"password": "aaaaaaaaaaaa"}, "others would guess"),
        ({"password": "12345678"}, "others would guess"),
        ({"password": "evalinda1", "email": "evalinda@example.org"}, "others would guess"),
        ({"name": "x" * 201}, "at most 200"),
        ({"language": "xx"}, "field-wrong"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(app: Flask, fields: dict[str, str], said: str) -> None:
    visit = Visit(app)
    reply = visit.sign_up(**{"email": "eva@example.org", **fields})
    assert reply.status_code == 422
    assert said in reply.text
    assert 'role="alert"' in reply.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Account)) == 0


@pytest.mark.parametrize(
    "password", ["correct horse battery", "x7!kQ2#z", "éàüß" * 17, "    four spaces    ", "p" * 5 + "äöüß" * 20]
)
def test_a_password_may_be_anything_else_and_is_never_cut(app: Flask, password: str) -> None:
    visit = Visit(app)
    assert visit.sign_up("eva@example.org", password).status_code == 303
    confirm(visit, link_in(letters(app, "eva@example.org")[0]))
    assert Visit(app).sign_in("eva@example.org", password[:-1]).status_code == 422
    assert Visit(app).sign_in("eva@example.org", password).status_code == 303


def test_the_same_password_typed_on_another_keyboard_is_the_same(app: Flask) -> None:
    visit = Visit(app)
    visit.sign_up("eva@example.org", "caf\u00e9 cr\u00e8me glac\u00e9")
    confirm(visit, link_in(letters(app, "eva@example.org")[0]))
    assert Visit(app).sign_in("eva@example.org", "cafe\u0301 cre\u0300me glace\u0301").status_code == 303


def test_passwords_are_hashed_at_the_cost_that_owasp_names(app: Flask) -> None:
    add(app)
    with app.app_context():
        stored = db.session.scalar(select(Account.password))
    assert stored is not None
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in stored


def test_others_hear_of_it_when_it_is_real(app: Flask) -> None:
    heard: list[tuple[str, int]] = []

    def up(_sender: object, person: int) -> None:
        heard.append(("up", person))

    def in_(_sender: object, person: int) -> None:
        heard.append(("in", person))

    with signed_up.connected_to(up), signed_in.connected_to(in_):
        visit = Visit(app)
        visit.sign_up("eva@example.org")
        assert heard == []
        confirm(visit, link_in(letters(app, "eva@example.org")[0]))
        with app.app_context():
            person = db.session.scalar(select(Account.person_id))
    assert heard == [("up", person), ("in", person)]


def test_nothing_that_was_not_asked_for_can_be_set(app: Flask) -> None:
    visit = Visit(app)
    visit.sign_up("eva@example.org", is_admin="1", active="1", confirmed="1", person_id="7", stamp="x")
    with app.app_context():
        account = db.session.scalars(select(Account)).one()
        assert (account.is_admin, account.confirmed) == (False, None)
        assert account.stamp != "x"


def test_a_letter_goes_out_with_the_account_or_not_at_all(app: Flask) -> None:
    from course.people import actions

    with app.test_request_context():
        actions.sign_up("eva@example.org", "hash", name="", language="en")
        db.session.flush()
        assert db.session.scalar(select(func.count()).select_from(Mail)) == 1
        db.session.rollback()
    with app.app_context():
        assert db.session.execute(text("SELECT count(*) FROM mail")).scalar_one() == 0


def test_a_link_leads_to_the_installation_whatever_host_the_request_named(app: Flask) -> None:
    visit = Visit(app)
    form = {
        "csrf_token": visit.token("/en/sign-up"),
        "email": "eva@example.org",
        "password": PASSWORD,
        "language": "en",
    }
    visit.client.post("/en/sign-up", data=form, headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil"})
    assert "http://127.0.0.1:8000/en/confirm/" in letters(app, "eva@example.org")[0].body
