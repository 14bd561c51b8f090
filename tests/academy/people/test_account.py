"""What an admin does with an account holds at once, everywhere, and there is always an admin left."""

import pytest
from flask import Flask
from sqlalchemy import select

from course.db import db, transaction
from course.errors import Conflict
from course.people import managing
from course.people.audit.models import AuditEntry
from course.people.models import Account
from tests.web.visit import PASSWORD, Visit, add, another, letters


def act(root: Visit, person: int, noun: str, **fields: str) -> int:
    return root.post(f"/en/people/{person}/{noun}", page="/en/settings", **fields).status_code


def verbs(app: Flask, person: int) -> list[tuple[str, str]]:
    with app.app_context():
        query = select(AuditEntry.verb, AuditEntry.course).filter_by(person_id=person).where(AuditEntry.actor != person)
        return [tuple(row) for row in db.session.execute(query.order_by(AuditEntry.id))]


def test_a_deactivated_person_is_out_with_the_next_request_on_every_worker(tiny: Flask, root: Visit) -> None:
    lea = add(tiny, "lea@example.org")
    with another(tiny) as elsewhere:
        visit = Visit(elsewhere)
        visit.sign_in("lea@example.org")
        assert visit.is_signed_in()
        assert act(root, lea, "deactivation") == 303
        assert not visit.is_signed_in()
        assert Visit(elsewhere).sign_in("lea@example.org").status_code == 422
        assert act(root, lea, "activation") == 303
        assert not visit.is_signed_in(), "a sign-in that ended stays ended"
        back = Visit(elsewhere)
        back.sign_in("lea@example.org")
        assert back.is_signed_in()
    assert verbs(tiny, lea) == [("deactivated", ""), ("reactivated", "")]


def test_rights_come_and_go_with_the_next_request(tiny: Flask, root: Visit) -> None:
    lea = add(tiny, "lea@example.org")
    visit = Visit(tiny)
    visit.sign_in("lea@example.org")
    results, people = "/en/courses/tiny/results/", "/en/people/"
    assert (visit.get(results).status_code, visit.get(people).status_code) == (404, 403)
    assert act(root, lea, "trainerships", to="begin", course="tiny") == 303
    assert visit.get(results).status_code == 200
    assert act(root, lea, "trainerships", to="end", course="tiny") == 303
    assert visit.get(results).status_code == 404
    assert act(root, lea, "administration", to="begin") == 303
    assert visit.get(people).status_code == 200
    assert act(root, lea, "administration", to="end") == 303
    assert visit.get(people).status_code == 403
    said = [("made trainer", "tiny"), ("ended trainer", "tiny"), ("made admin", ""), ("ended admin", "")]
    assert verbs(tiny, lea) == said


def test_nobody_trains_a_course_that_is_not_there(tiny: Flask, root: Visit) -> None:
    assert act(root, add(tiny, "lea@example.org"), "trainerships", to="begin", course="nope") == 400


def test_an_admin_can_neither_deactivate_nor_demote_themselves(tiny: Flask, root: Visit) -> None:
    with tiny.app_context():
        own = db.session.scalars(select(Account.person_id)).one()
    for noun, fields in (("deactivation", {}), ("administration", {"to": "end"}), ("slip", {})):
        assert act(root, own, noun, **fields) == 409
    assert root.is_signed_in()


def test_the_last_admin_who_can_sign_in_stays_whoever_asks(tiny: Flask, root: Visit) -> None:
    with tiny.app_context():
        own = db.session.scalars(select(Account.person_id)).one()
    add(tiny, "soon@example.org", role="admin", confirmed=False)
    for change in (managing.deactivate, managing.end_admin):
        with tiny.test_request_context("/en/"), pytest.raises(Conflict), transaction():
            change(own, by=None)


def test_all_devices_are_signed_out_and_a_link_for_a_new_password_is_sent(tiny: Flask, root: Visit) -> None:
    lea = add(tiny, "lea@example.org")
    visit = Visit(tiny)
    visit.sign_in("lea@example.org")
    assert act(root, lea, "sign-ins/end") == 303
    assert not visit.is_signed_in()
    assert act(root, lea, "reset") == 303
    assert "/reset/" in letters(tiny, "lea@example.org")[-1].body
    assert Visit(tiny).sign_in("lea@example.org", PASSWORD).status_code == 303


@pytest.mark.parametrize(
    "noun", ["account", "invitation", "deactivation", "activation", "administration", "slip", "reset"]
)
def test_what_is_done_to_nobody_is_not_found(root: Visit, noun: str) -> None:
    assert act(root, 999_999, noun, name="x", to="begin") == 404
