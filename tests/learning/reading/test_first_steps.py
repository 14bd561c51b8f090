"""An empty installation explains itself, and an admin is told what is left to do."""

from dataclasses import replace

import pytest
from flask import Flask

from course.config import Config
from course.learning.reading.first_steps import first_steps
from tests.web.visit import Visit, add, another

READY = Config(public_url="https://learn.example.org", smtp_url="smtps://mail.example.org")


def left(config: Config, courses: list[str], has_trainer: bool) -> list[str]:
    found = first_steps(config, courses, has_trainer)
    return [step.name for step in found.steps if not step.done] if found else []


@pytest.mark.parametrize(
    ("config", "courses", "has_trainer", "names"),
    [
        (Config(), [], False, ["course", "trainer", "address", "mail"]),
        (READY, ["guide"], True, ["course"]),
        (READY, ["guide", "sse"], False, ["trainer"]),
        (replace(READY, smtp_url=""), ["sse"], True, ["mail"]),
        (replace(READY, public_url=""), ["sse"], True, ["address"]),
        (READY, ["sse"], True, []),
    ],
)
def test_what_is_left_is_named_until_nothing_is(
    config: Config, courses: list[str], has_trainer: bool, names: list[str]
) -> None:
    assert left(config, courses, has_trainer) == names


def test_whoever_started_it_is_told_of_the_link_while_there_is_no_admin(app: Flask) -> None:
    assert "printed a link" in Visit(app).get("/en/").text
    add(app, "root@example.org", role="admin")
    page = Visit(app).get("/en/").text
    assert "printed a link" not in page
    assert "says what to do next" in page


def test_a_new_admins_first_page_says_what_to_do(app: Flask) -> None:
    add(app, "root@example.org", role="admin", name="Root")
    visit = Visit(app)
    visit.sign_in("root@example.org")
    page = visit.get("/en/").text
    for words in (
        "This installation is yours",
        "course publish",
        "/en/people/invitations",
        "COURSE_SMTP_URL",
        "outbox",
    ):
        assert words in page


def test_nobody_else_is_told(app: Flask) -> None:
    add(app, "ada@example.org")
    visit = Visit(app)
    visit.sign_in("ada@example.org")
    page = visit.get("/en/").text
    assert "COURSE_SMTP_URL" not in page
    assert "When there is one, it is here" in page


def test_what_is_done_is_not_asked_for_again(app: Flask) -> None:
    add(app, "root@example.org", role="admin")
    with another(app, public_url=READY.public_url, smtp_url=READY.smtp_url) as ready:
        visit = Visit(ready, Host="learn.example.org")
        add(ready, "tom@example.org", role="trainer", course="sse")
        visit.client.environ_base["wsgi.url_scheme"] = "https"
        visit.sign_in("root@example.org")
        page = visit.get("/en/").text
    assert "COURSE_SMTP_URL" not in page
    assert "course publish" in page
