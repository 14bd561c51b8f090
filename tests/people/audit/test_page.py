"""The page of the audit log: for admins alone, every filter in its address, a page at a time."""

import re

import pytest
from flask import Flask

from course.db import transaction
from course.people.audit.actions import audit
from course.people.audit.queries import PAGE
from tests.web.visit import Visit, add


@pytest.fixture
def admin(app: Flask) -> Visit:
    add(app, "root@example.org", role="admin", name="Root")
    visit = Visit(app)
    visit.sign_in("root@example.org")
    return visit


def rows(visit: Visit, query: str = "") -> list[str]:
    body = visit.get(f"/en/audit/{query}").text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("<tr>")[1:]]


def test_only_admins_see_it(app: Flask, admin: Visit) -> None:
    assert admin.get("/en/audit/").status_code == 200
    assert Visit(app).get("/en/audit/").status_code == 303
    add(app, "tess@example.org", role="trainer", course="sse")
    trainer = Visit(app)
    trainer.sign_in("tess@example.org")
    assert trainer.get("/en/audit/").status_code == 403


def test_it_says_who_did_what_to_whom_and_why(app: Flask, admin: Visit) -> None:
    ben = add(app, "ben@example.org", name="Ben <b>")
    with app.app_context(), transaction():
        audit(1, "granted", ben, "allowance 1", course="sse", detail="=ill & tired")
    (row,) = rows(admin, "?course=sse")
    assert re.search(r"Root allowed more than the rules do Ben &lt;b&gt; sse =ill &amp; tired allowance 1$", row)
    assert "Root a autorisé" in " ".join(re.sub(r"<[^>]+>", " ", admin.get("/fr/audit/?course=sse").text).split())


def test_signing_in_is_shown_to_who_asks_for_it(app: Flask, admin: Visit) -> None:
    Visit(app).sign_in("root@example.org", "a wrong pass phrase")
    assert not any("sign" in row for row in rows(admin))
    assert "somebody not signed in failed to sign in Root" in rows(admin, "?what=signing-in")[0]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?to=BEN", 2), ("?to=ben@", 2), ("?to=%23{ben}", 2), ("?by=%23{ben}", 0), ("?by=nobody", 0), ("?to=%25", 0),
        ("?what=marked", 1), ("?what=results", 1), ("?what=people&to=Ben", 1), ("?what=nonsense&course=sse", 1),
        ("?since=2100-01-01", 0), ("?until=2000-01-01", 0), ("?course=other", 0),
    ],
)  # fmt: skip
def test_each_filter_stands_in_the_address(app: Flask, admin: Visit, query: str, count: int) -> None:
    ben = add(app, "ben@example.org", name="Ben")
    with app.app_context(), transaction():
        audit(1, "marked", ben, "attempt 1", course="sse")
    assert len(rows(admin, query.format(ben=ben))) == count


@pytest.mark.parametrize("query", ["ÉLODIE", "elodie", "Élo"])
def test_a_name_is_found_without_its_accents_and_in_any_letters(app: Flask, admin: Visit, query: str) -> None:
    elodie = add(app, "e@example.org", name="Élodie")
    with app.app_context(), transaction():
        audit(1, "marked", elodie, "attempt 1", course="sse")
    assert len(rows(admin, f"?what=marked&to={query}")) == 1


def test_a_day_that_is_none_is_told(admin: Visit) -> None:
    assert admin.get("/en/audit/?since=yesterday").status_code == 400


def test_pages_follow_one_another_without_a_gap(app: Flask, admin: Visit) -> None:
    with app.app_context(), transaction():
        for number in range(PAGE + 5):
            audit(1, "marked", 1, f"attempt {number}", course="sse")
    first = admin.get("/en/audit/?what=marked").text
    onward = re.search(r'rel="next" href="/en/audit/([^"]+)"', first)
    assert onward
    seen = rows(admin, "?what=marked") + rows(admin, onward[1].replace("&amp;", "&"))
    assert [row.rsplit(" ", 1)[1] for row in seen] == [str(number) for number in reversed(range(PAGE + 5))]
