"""From an admin's invitation to the invited person's first page, by mail and by a slip of paper."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from course.db import db
from course.people.audit.models import AuditEntry
from course.people.models import Account, Invitation
from course.people.rules import DAY
from tests.web.visit import PASSWORD, Visit, letters, link_in

START = 1_767_225_600_000_000
INVITE = {"email": "ina@example.org", "name": "Ina", "language": "fr", "role": "learner", "course": "tiny"}


def invited(tiny: Flask, root: Visit, **changes: str) -> str:
    reply = root.post("/en/people/invitations", **(INVITE | changes))
    assert reply.status_code == 303, reply.text
    return link_in(letters(tiny, "ina@example.org")[-1], "/invitation/")


def person(app: Flask, **by: str) -> Account:
    with app.app_context():
        return db.session.scalars(select(Account).filter_by(**by)).one()


def verbs(app: Flask, person: int) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.verb).filter_by(person_id=person).order_by(AuditEntry.id)))


def open_account(app: Flask, link: str, **changes: str) -> Visit:
    visit = Visit(app)
    fields = {"name": "Ina B.", "password": PASSWORD, "language": "fr", "time_zone": "Africa/Dakar"} | changes
    assert visit.post(link, **fields).status_code == 303
    return visit


def test_an_invited_learner_opens_the_account_in_their_language_and_is_enrolled(tiny: Flask, root: Visit) -> None:
    link = invited(tiny, root)
    letter = letters(tiny, "ina@example.org")[-1]
    assert "Bonjour" in letter.body
    assert link.startswith("/fr/")
    assert "ina@example.org" in Visit(tiny).get(link).text
    visit = open_account(tiny, link)
    assert visit.is_signed_in()
    found = person(tiny, email="ina@example.org")
    assert (found.name, found.language, found.time_zone) == ("Ina B.", "fr", "Africa/Dakar")
    assert "tiny" in root.get(f"/en/people/{found.person_id}/").text.split('id="courses"')[1].split("</section>")[0]
    assert verbs(tiny, found.person_id)[:3] == ["added", "invited", "confirmed"]
    assert Visit(tiny).get(link).status_code == 410, "the link works once"


@pytest.mark.parametrize(("role", "sees"), [("trainer", "/en/courses/tiny/results/"), ("admin", "/en/people/")])
def test_staff_get_their_rights_with_the_invitation(tiny: Flask, root: Visit, role: str, sees: str) -> None:
    visit = open_account(tiny, invited(tiny, root, role=role))
    assert visit.get(sees).status_code == 200


def test_a_link_ends_after_14_days_and_a_new_one_takes_the_place_of_the_old(
    tiny: Flask, at: Callable[[int], None], root: Visit
) -> None:
    first = invited(tiny, root)
    found = person(tiny, email="ina@example.org").person_id
    at(START + 15 * DAY)
    assert Visit(tiny).get(first).status_code == 410
    assert "over" in root.get(f"/en/people/{found}/").text
    assert root.post(f"/en/people/{found}/invitation", page=f"/en/people/{found}/").status_code == 303
    second = link_in(letters(tiny, "ina@example.org")[-1], "/invitation/")
    assert Visit(tiny).get(first).status_code == 410
    open_account(tiny, second)
    with tiny.app_context():
        assert [bool(one.accepted) for one in db.session.scalars(select(Invitation).order_by(Invitation.id))] == [0, 1]
    assert root.post(f"/en/people/{found}/invitation", page=f"/en/people/{found}/").status_code == 409


def test_a_stranger_who_signs_up_with_an_invited_address_changes_nothing(tiny: Flask, root: Visit) -> None:
    invited(tiny, root)
    Visit(tiny).sign_up("ina@example.org", "the pass phrase of a stranger", name="Mallory")
    last = letters(tiny, "ina@example.org")[-1]
    open_account(tiny, link_in(last, "/invitation/"))
    assert person(tiny, email="ina@example.org").name == "Ina B."
    assert Visit(tiny).sign_in("ina@example.org", "the pass phrase of a stranger").status_code == 422


def test_a_mistyped_address_is_corrected_while_nobody_has_confirmed_it(tiny: Flask, root: Visit) -> None:
    old = invited(tiny, root)
    found = person(tiny, email="ina@example.org").person_id
    page = f"/en/people/{found}/"
    assert root.post(page + "account", page=page, name="Ina", email="root@example.org").status_code == 409
    assert root.post(page + "account", page=page, name="Ina", email="ira@example.org").status_code == 303
    assert Visit(tiny).get(old).status_code == 410
    open_account(tiny, link_in(letters(tiny, "ira@example.org")[-1], "/invitation/"))
    root.post(page + "account", page=page, name="Ira", email="evil@example.org")
    assert person(tiny, email="ira@example.org").name == "Ira"


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "x@"},
        {"email": "root@example.org"},
        {"role": "trainer", "course": ""},
        {"course": "no"},
        {"role": "x"},
    ],
)
def test_what_does_not_fit_is_said_and_invites_nobody(tiny: Flask, root: Visit, wrong: dict[str, str]) -> None:
    assert root.post("/en/people/invitations", **(INVITE | wrong)).status_code == 422
    assert letters(tiny, "ina@example.org") == []


def slip(root: Visit) -> tuple[str, str]:
    page = root.post("/en/people/slips").text
    username = re.search(r"<dd>([a-z0-9.]+)</dd>", page)
    code = re.search(r'slip-code">([a-z0-9-]{19})<', page)
    assert username
    assert code
    return username[1], code[1]


def add_on_paper(root: Visit) -> None:
    rows = {"rows": "name\nLuís Ortega", "language": "es", "course": "tiny"}
    shown = re.search(r'name="shown" value="(\w+)"', root.post("/en/people/sheet", do="check", **rows).text)
    assert shown
    root.post("/en/people/sheet", do="add", shown=shown[1], **rows)


def test_a_first_code_from_paper_opens_the_account_once_however_it_is_typed(tiny: Flask, root: Visit) -> None:
    add_on_paper(root)
    username, code = slip(root)
    assert username == "luis.ortega"
    visit = Visit(tiny)
    reply = visit.sign_in(username, code.upper().replace("-", " "))
    assert "/reset/" in reply.location
    assert not visit.is_signed_in()
    assert visit.post(reply.location, password="mis palabras propias").status_code == 303
    assert visit.is_signed_in()
    assert Visit(tiny).sign_in(username, code).status_code == 422
    again = Visit(tiny)
    again.sign_in(username, "mis palabras propias")
    assert again.is_signed_in()
    assert "Nobody waits" in root.get("/en/people/slips").text


def test_a_first_code_ends_after_14_days_and_a_new_one_ends_sign_ins_and_the_password(
    tiny: Flask, at: Callable[[int], None], root: Visit
) -> None:
    add_on_paper(root)
    username, code = slip(root)
    at(START + 15 * DAY)
    assert "14 days" in Visit(tiny).sign_in(username, code).text
    username, code = slip(root)
    visit = Visit(tiny)
    visit.post(visit.sign_in(username, code).location, password="mis palabras propias")
    assert visit.is_signed_in()
    found = person(tiny, username=username).person_id
    page = root.post(f"/en/people/{found}/slip", page=f"/en/people/{found}/").text
    assert "slip-code" in page
    assert not visit.is_signed_in()
    assert Visit(tiny).sign_in(username, "mis palabras propias").status_code == 422


def test_nobody_makes_a_first_code_for_an_account_with_an_address(tiny: Flask, root: Visit) -> None:
    invited(tiny, root)
    found = person(tiny, email="ina@example.org").person_id
    assert root.post(f"/en/people/{found}/slip", page=f"/en/people/{found}/").status_code == 409
