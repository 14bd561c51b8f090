"""Every route says who may use it; what says nothing is refused."""

import pytest
from flask import Flask

from course.web.access import Viewer, admin, allow, anyone, rule_of, signed_in, trainer
from tests.web.visit import Visit, add

ADA = Viewer(person=1)
ROOT = Viewer(person=2, admin=True)
TOM = Viewer(person=3, trains=frozenset({"sse"}))


def test_every_route_declares_who_may_use_it(app: Flask) -> None:
    silent = [rule.rule for rule in app.url_map.iter_rules() if rule_of(app.view_functions[rule.endpoint]) is None]
    assert silent == []


def test_an_undeclared_route_is_refused_to_everybody(app: Flask) -> None:
    app.add_url_rule("/en/forgotten", "forgotten", lambda: "secret")
    add(app, "root@example.org", role="admin")
    visit = Visit(app)
    visit.sign_in("root@example.org")
    reply = visit.get("/en/forgotten")
    assert reply.status_code == 403
    assert "secret" not in reply.text


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (anyone, {"visitor", "ada", "tom", "root"}),
        (signed_in, {"ada", "tom", "root"}),
        (trainer, {"tom", "root"}),
        (admin, {"root"}),
    ],
)
def test_a_rule_lets_in_whom_it_names(rule, allowed) -> None:
    cast = {"visitor": Viewer(), "ada": ADA, "tom": TOM, "root": ROOT}
    assert {name for name, viewer in cast.items() if rule(viewer, {"course": "sse"})} == allowed


def test_a_trainer_of_one_course_is_none_of_another() -> None:
    assert not trainer(TOM, {"course": "other"})
    assert not trainer(TOM, {})


def test_a_visitor_is_sent_to_sign_in_and_comes_back(app: Flask) -> None:
    add(app)
    visit = Visit(app)
    reply = visit.get("/fr/settings")
    assert reply.status_code == 303
    assert reply.location == "/fr/sign-in?next=/fr/settings"
    reply = visit.post(reply.location, who="ada@example.org", password="a long enough pass phrase")
    assert reply.location == "/fr/settings"


def test_a_visitor_who_posts_to_what_needs_an_account_is_refused(app: Flask) -> None:
    visit = Visit(app)
    reply = visit.post("/en/settings", page="/en/sign-in", name="x")
    assert reply.status_code == 403


def test_a_right_that_was_withdrawn_stops_with_the_next_request(app: Flask) -> None:
    from course.db import transaction
    from course.people import actions

    @allow(admin)
    def only() -> str:
        return "for admins"

    app.add_url_rule("/only", "only", only)
    person = add(app, role="admin")
    visit = Visit(app)
    visit.sign_in("ada@example.org")
    assert visit.get("/only").status_code == 200
    with app.app_context(), transaction():
        actions.give_role(person, "learner")
    assert visit.get("/only").status_code == 403
