"""Every route, by who asks: what is declared beside it is what happens, also for what belongs to somebody else."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from course.web.access import admin, anyone, rule_of, signed_in, trainer
from tests.web.test_reading_changes_nothing import VALUES
from tests.web.visit import Visit, add

ROLES = {
    "visitor": {},
    "learner": {"role": "learner"},
    "stranger": {"role": "trainer", "course": "another"},
    "trainer": {"role": "trainer", "course": "tiny"},
    "admin": {"role": "admin"},
}
"""Who asks. The stranger trains another course."""
LET_IN = {
    anyone: set(ROLES),
    signed_in: set(ROLES) - {"visitor"},
    trainer: {"trainer", "admin"},
    admin: {"admin"},
}
KEPT_OUT = {signed_in: {303}, trainer: {303, 404}, admin: {303, 403}}
"""What others get: a visitor is led to sign in; whether a trainer's page is there is not told."""


@pytest.fixture(params=sorted(ROLES))
def somebody(tiny: Flask, request: pytest.FixtureRequest) -> tuple[str, Visit]:
    """One of each role, in a browser, with what a learner of the course has."""
    role = request.param
    visit = Visit(tiny)
    if role != "visitor":
        add(tiny, f"{role}@example.org", **ROLES[role])
        visit.sign_in(f"{role}@example.org")
    return role, visit


def routes(app: Flask, method: str) -> Iterator[tuple[Rule, str, object]]:
    """Every route for a method: with an address, and what is declared for it."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            values = {name: VALUES[name] for name in rule.arguments}
            yield rule, adapter.build(rule.endpoint, values, method=method), rule_of(app.view_functions[rule.endpoint])


def test_every_declaration_is_one_of_those_that_are_tried_here(app: Flask) -> None:
    declared = {
        (rule.endpoint, declaration) for method in ("GET", "POST") for rule, _path, declaration in routes(app, method)
    }
    assert {endpoint for endpoint, declaration in declared if declaration not in LET_IN} == set()


def test_who_may_not_see_a_page_does_not(tiny: Flask, somebody: tuple[str, Visit]) -> None:
    role, visit = somebody
    wrong = []
    for rule, path, declaration in routes(tiny, "GET"):
        status = visit.get(path).status_code
        if role in LET_IN[declaration]:
            refused = status == 403 or (status == 404 and declaration is trainer and not _asks_for_more(rule))
            if refused or status >= 500:
                wrong.append((path, status))
        elif status not in KEPT_OUT[declaration]:
            wrong.append((path, status))
    assert wrong == []


def _asks_for_more(rule: Rule) -> bool:
    """Whether an address names something that this installation may not have, such as an attempt."""
    return bool(rule.arguments - {"lang", "course", "quiz"})


def test_who_may_not_do_something_does_not(tiny: Flask, somebody: tuple[str, Visit]) -> None:
    role, visit = somebody
    token = visit.token("/en/sign-in" if role == "visitor" else "/en/settings")
    wrong = []
    for rule, path, declaration in routes(tiny, "POST"):
        if role in LET_IN[declaration] or rule.endpoint == "people.sign_out":
            continue
        status = visit.client.post(path, data={"csrf_token": token}).status_code
        if status not in (403, 404):
            wrong.append((path, status))
    assert wrong == []


def test_without_a_token_nobody_does_anything(tiny: Flask, somebody: tuple[str, Visit]) -> None:
    _role, visit = somebody
    done = {path: visit.client.post(path).status_code for _rule, path, _declared in routes(tiny, "POST")}
    assert {path: status for path, status in done.items() if status < 400} == {}
