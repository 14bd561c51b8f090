"""The page of one learner, and allowing them more there: who may, what it does, what is said where it does not fit."""

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from course import clock
from course.catalogue import actions as catalogue
from course.catalogue import queries as courses
from course.db import db, transaction
from course.learning.assessment import actions, queries
from course.learning.assessment.models import Allowance, Attempt
from course.learning.models import Enrolment
from course.learning.reading import actions as reading
from course.people.actions import add_person
from course.people.audit.models import AuditEntry
from course.people.models import Account
from tests.learning.assessment.conftest import MINUTE, iso
from tests.learning.assessment.pack import pack
from tests.results.figures.conftest import Apart, Visitors
from tests.web.visit import PASSWORD

DAY = 24 * 60 * MINUTE
BASICS = "/en/courses/demo/quizzes/basics/"
TIMED = "/en/courses/demo/quizzes/timed/"


@dataclass
class Lena:
    """A learner, and her page."""

    visit: Apart
    person: int

    @property
    def page(self) -> str:
        return f"/en/courses/demo/results/learners/{self.person}/"

    @property
    def enrolment(self) -> Enrolment:
        db.session.rollback()
        found = queries.enrolment(self.person, courses.published("demo").course_id)
        assert found is not None
        return found

    def start(self, quiz: str = "basics") -> Attempt:
        with transaction():
            return actions.start(self.enrolment, courses.published("demo"), quiz, clock.now(), 1)

    def hand_in(self) -> None:
        with transaction():
            actions.submit(self.start(), {}, clock.now(), "en", "end")


@pytest.fixture
def lena(demo: Flask) -> Lena:
    with transaction():
        person = add_person("lena@example.org", PASSWORD, name="Lena", confirmed=True).person_id
        published = courses.published("demo")
        enrolment = reading.enrol(person, published, clock.now() - DAY)
        enrolment.done_items = str(published.item("module", "first"))
    visit = Apart(demo)
    visit.sign_in("lena@example.org")
    return Lena(visit, person)


@pytest.fixture
def trainer(visitors: Visitors) -> Apart:
    return visitors("trainer")


def allow(visit: Apart, lena: Lena, **fields: object) -> int:
    """Send the form; its status."""
    given = {"quiz": "basics", "attempts": "0", "time": "0", "closes": "", "reason": "Was ill."}
    return visit.post(lena.page, **given | fields).status_code


def granted() -> list[tuple[int, int, int | None]]:
    db.session.rollback()
    rows = db.session.scalars(select(Allowance).order_by(Allowance.id))
    return [(row.attempts, row.time, row.closes) for row in rows]


@pytest.mark.parametrize(
    ("role", "opened", "sent"),
    [
        ("visitor", 303, 403),
        ("learner", 404, 404),
        ("stranger", 404, 404),
        ("trainer", 200, 303),
        ("admin", 200, 303),
    ],
)
def test_trainers_of_the_course_and_admins_allow_more_and_nobody_else(
    lena: Lena, visitors: Visitors, role: str, opened: int, sent: int
) -> None:
    visit = visitors(role)
    assert visit.get(lena.page).status_code == opened
    page = "/en/sign-in" if role == "visitor" else "/en/settings"
    reply = visit.post(lena.page, page, quiz="basics", attempts="1", reason="Was ill.")
    assert reply.status_code == sent
    assert len(granted()) == (sent == 303)


def test_the_learner_herself_has_no_such_page(lena: Lena) -> None:
    assert lena.visit.get(lena.page).status_code == 404


def test_there_is_a_page_only_of_who_is_or_was_in_the_course(lena: Lena, trainer: Apart, demo: Flask) -> None:
    with transaction():
        other = add_person("nobody", PASSWORD, confirmed=True).person_id
    assert trainer.get(lena.page.replace(str(lena.person), str(other))).status_code == 404
    with transaction():
        reading.leave(lena.enrolment, clock.now())
    left = trainer.get(lena.page)
    assert left.status_code == 200
    assert "This learner has left the course." in left.text
    assert 'name="reason"' not in left.text


def test_one_more_attempt_can_be_started_and_the_learner_reads_why(lena: Lena, trainer: Apart) -> None:
    for _ in range(3):
        lena.hand_in()
    assert lena.visit.post(BASICS + "attempts", BASICS.replace("quizzes/basics/", "")).status_code == 409
    page = trainer.get(lena.page).text
    assert len(re.findall(r"quizzes/basics/attempts/\d+/", page)) == 3
    assert allow(trainer, lena, attempts="1", reason="The power went off, <twice>.") == 303
    told = lena.visit.get(BASICS).text
    assert "You have been granted: 1 more attempt." in told
    assert "The power went off, &lt;twice&gt;." in told
    assert "granted" not in lena.visit.get(TIMED).text
    assert lena.visit.post(BASICS + "attempts", BASICS).status_code == 303
    enrolment, item = lena.enrolment, courses.published("demo").item("quiz", "basics")
    assert [one.number for one in queries.attempts(enrolment, item)] == [1, 2, 3, 4]


def test_an_attempt_under_way_is_lengthened_at_once(lena: Lena, trainer: Apart) -> None:
    attempt = lena.start("timed")
    started, before = attempt.started, attempt.deadline
    assert before == started + 10 * MINUTE
    assert allow(trainer, lena, quiz="*", time="50") == 303
    db.session.rollback()
    assert db.session.get_one(Attempt, attempt.id, populate_existing=True).deadline == started + 15 * MINUTE
    assert re.search(r"granted: 50\s?% more time\.", lena.visit.get(TIMED).text)


def test_what_was_granted_is_listed_with_who_when_and_why_and_audited(lena: Lena, trainer: Apart) -> None:
    by = db.session.scalars(select(Account).where(Account.email == "trainer@example.org")).one()
    with transaction():
        by.name = "Tom Trainer"
    allow(trainer, lena, attempts="2", reason="Was ill.")
    page = trainer.get(lena.page)
    for words in ("Saved.", "2 more attempts", "Was ill.", "Tom Trainer"):
        assert words in page.text, words
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "granted")).one()
    assert (entry.actor, entry.person_id) == (by.person_id, lena.person)


def test_a_later_closing_is_read_in_the_trainers_time_zone_and_shown_in_it(lena: Lena, trainer: Apart) -> None:
    now = clock.now()
    with transaction():
        db.session.scalars(
            select(Account).where(Account.email == "trainer@example.org")
        ).one().time_zone = "Africa/Nairobi"
        changed = {"pass: 60%": f"pass: 60%\ncloses: {iso(now // MINUTE * MINUTE + DAY)}"}
        catalogue.publish(pack(**changed), by=None, note="", origin="files")
    assert "In your time zone: Kenya." in trainer.get(lena.page).text
    year = int(iso(now)[:4]) + 1
    assert allow(trainer, lena, closes=f"{year}-07-01T12:30") == 303
    assert iso(granted()[0][2] or 0) == f"{year}-07-01T09:30:00+00:00"
    again = trainer.get(lena.page + "?quiz=basics").text
    assert f'value="{year}-07-01T12:30"' in again
    assert f"open until July 1, {year}" in again


@pytest.mark.parametrize(
    ("fields", "at", "says"),
    [
        ({"attempts": "1", "reason": "  "}, "reason", "Say why."),
        ({"attempts": "1", "reason": "x" * 2001}, "reason", "Use at most 2,000 characters."),
        ({"attempts": "1", "quiz": ""}, "quiz", "Choose a quiz"),
        ({"attempts": "1", "quiz": "nowhere"}, "quiz", "Choose a quiz"),
        ({"attempts": "-1"}, "attempts", "Write a whole number, 1000 at most."),
        ({"attempts": "1001"}, "attempts", "Write a whole number, 1000 at most."),
        ({"time": "half", "quiz": "timed"}, "time", "Write a whole number, 1000 at most."),
        ({}, "attempts", "Allow something"),
        ({"time": "50"}, "time", "This quiz has no time limit."),
        ({"closes": "2999-01-01T10:00"}, "closes", "within ten years"),
        ({"closes": "2001-01-01T10:00"}, "closes", "Name a moment that is to come"),
        ({"closes": "tomorrow"}, "closes", "Write day and time"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_what_was_typed_is_still_there(
    lena: Lena, trainer: Apart, fields: dict[str, str], at: str, says: str
) -> None:
    sent = {"quiz": "basics", "attempts": "0", "time": "0", "closes": "", "reason": "Reads slowly."} | fields
    reply = trainer.post(lena.page, **sent)
    assert reply.status_code == 422
    error = re.search(rf'id="{at}-error">(.*?)</p>', reply.text, re.S)
    assert error, reply.text
    assert says in error[1]
    assert f'href="#{at}"' in reply.text
    described = rf'<(?:input|select|textarea)[^>]*aria-describedby="[^"]*\b{at}-error"[^>]*id="{at}"'
    assert re.search(described, reply.text)
    for name in ("attempts", "time", "closes"):
        assert re.search(rf'name="{name}"[^>]* value="{re.escape(sent[name])}"', reply.text), name
    if sent["reason"].strip():
        assert sent["reason"] in reply.text
    assert granted() == []


def test_a_closing_that_a_quiz_does_not_have_is_refused_for_it_and_kept_for_every_quiz(
    lena: Lena, trainer: Apart
) -> None:
    soon = iso(clock.now() + 5 * DAY)[:16]
    assert allow(trainer, lena, closes=soon) == 422
    assert allow(trainer, lena, closes=soon, quiz="*") == 303


def test_nothing_is_taken_back_unless_it_is_meant(lena: Lena, trainer: Apart) -> None:
    assert allow(trainer, lena, attempts="2") == 303
    assert re.search(r'name="attempts"[^>]* value="2"', trainer.get(lena.page + "?quiz=basics").text)
    reply = trainer.post(lena.page, quiz="basics", attempts="1", time="0", reason="It was too much.")
    assert reply.status_code == 422
    assert 'id="less-error"' in reply.text
    assert allow(trainer, lena, attempts="3") == 303
    assert allow(trainer, lena, attempts="0", less="y", reason="It was too much.") == 303
    assert [one[0] for one in granted()] == [2, 3, 0]
    assert "allowed no longer" in trainer.get(lena.page).text
    assert "granted" not in lena.visit.get(BASICS).text


def test_nobody_grants_to_themselves(lena: Lena, trainer: Apart) -> None:
    account = db.session.scalars(select(Account).where(Account.email == "trainer@example.org")).one()
    with transaction():
        reading.enrol(account.person_id, courses.published("demo"), clock.now())
    own = Lena(trainer, account.person_id)
    page = trainer.get(own.page)
    assert page.status_code == 200
    assert "Nobody grants anything to themselves" in page.text
    assert 'name="reason"' not in page.text
    reply = trainer.post(own.page, "/en/settings", quiz="basics", attempts="1", reason="I want to.")
    assert reply.status_code == 403
    assert "Nobody grants anything to themselves" in reply.text
    assert granted() == []


def test_the_lists_of_attempts_lead_to_the_learner(lena: Lena, trainer: Apart) -> None:
    lena.hand_in()
    listed = trainer.get("/en/courses/demo/results/quizzes/basics/attempts/").text
    assert f'href="{lena.page}"' in listed
    attempt = re.search(r'href="([^"]+/results/quizzes/basics/attempts/\d+/)"', listed)
    assert attempt
    assert f'href="{lena.page}"' in trainer.get(attempt[1]).text


def test_attempts_are_set_aside_with_a_reason_that_the_learner_reads(lena: Lena, trainer: Apart) -> None:
    lena.hand_in()
    again = trainer.post(f"{lena.page}resets", lena.page, quiz="basics", why="")
    assert again.status_code == 422
    assert trainer.post(f"{lena.page}resets", lena.page, quiz="nope", why="x").status_code == 422
    done = trainer.post(f"{lena.page}resets", lena.page, quiz="basics", why="The power <went> out.")
    assert done.status_code == 303
    assert "The power &lt;went&gt; out." in trainer.get(lena.page).text
    own = lena.visit.get(BASICS).text
    assert "your attempts up to number 1 were set aside" in own
    assert "The power &lt;went&gt; out." in own
    assert trainer.post(f"{lena.page}resets", lena.page, quiz="basics", why="Again.").status_code == 409
