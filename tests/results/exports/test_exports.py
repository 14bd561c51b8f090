"""Asking for a table, having it written by the job, and downloading it."""

import csv
import io
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from course import clock
from course.db import db, transaction
from course.learning.assessment.models import Attempt, AttemptQuestion
from course.people.audit.models import AuditEntry
from course.people.models import Erasure
from course.results.exports import actions
from course.results.exports.models import Export
from course.results.exports.tables import TITLES
from tests.results.figures.conftest import Live, Visitors, demo, live, visitors
from tests.web.visit import Visit

__all__ = ["demo", "live", "visitors"]
PAGE = "/en/courses/demo/results/exports/"


def write() -> int:
    """Do all that waits; how many tables that were."""
    count = 0
    while actions.write_next():
        count += 1
    return count


def had(visit: Visit, what: str, form: str = "csv", language: str = "en") -> list[list[str]]:
    """A table as it is downloaded."""
    assert visit.post(PAGE.replace("/en/", f"/{language}/"), what=what, format=form).status_code == 303
    assert write() == 1
    return list(csv.reader(io.StringIO(downloaded(visit).decode("utf-8-sig"))))


def downloaded(visit: Visit) -> bytes:
    with closing(visit.get(f"{PAGE}{newest().id}/file")) as reply:
        assert reply.status_code == 200
        assert "attachment" in reply.headers["Content-Disposition"]
        assert reply.headers["Cache-Control"] == "private, no-store"
        return reply.data


def newest() -> Export:
    db.session.rollback()
    return db.session.scalars(select(Export).order_by(Export.id.desc()).limit(1)).one()


def count(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_every_table_can_be_had(live: Live, visitors: Visitors) -> None:
    for number in range(2):
        live(number)
    visit = visitors("trainer")
    tables = {what: had(visit, what) for what in TITLES}
    for what, rows in tables.items():
        assert {len(row) for row in rows} == {len(rows[0])}, what
        assert all(rows[1]), f"{what}: every column is explained"
    assert [row[1] for row in tables["gradebook"][2:]] == ["Learner 0", "Learner 1"]
    assert len(tables["attempts"]) == count(Attempt) + 2
    assert len(tables["answers"]) == count(AttemptQuestion) + 2
    assert len(tables["questions"]) > 2
    assert len(tables["lessons"]) > 2


def test_the_headings_are_in_the_language_of_the_page(live: Live, visitors: Visitors) -> None:
    live(1)
    rows = had(visitors("trainer"), "gradebook", language="fr")
    assert rows[0][1] == "Personne"


def test_a_sheet_is_one_that_can_be_opened(live: Live, visitors: Visitors, demo: Flask) -> None:
    live(1)
    visit = visitors("trainer")
    visit.post(PAGE, what="attempts", format="xlsx")
    write()
    assert newest().rows == count(Attempt)
    assert downloaded(visit).startswith(b"PK")


def test_a_file_is_for_who_asked_for_it(live: Live, visitors: Visitors) -> None:
    live(1)
    visit = visitors("trainer")
    visit.post(PAGE, what="gradebook", format="csv")
    path = f"{PAGE}{newest().id}/file"
    assert visit.get(path).status_code == 404
    assert "is being written" in visit.get(PAGE).text
    write()
    assert downloaded(visit)
    assert visitors("admin").get(path).status_code == 404
    assert visitors("stranger").get(path).status_code == 404
    assert visitors("learner").get(path).status_code == 404


def test_it_is_in_the_audit_log(visitors: Visitors) -> None:
    visitors("trainer").post(PAGE, what="answers", format="csv")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "exported")).one()
    assert (entry.subject, entry.course) == ("answers.csv", "demo")


@pytest.mark.parametrize(("what", "form"), [("nothing", "csv"), ("answers", "exe"), ("../answers", "csv")])
def test_there_are_no_other_tables(visitors: Visitors, what: str, form: str) -> None:
    assert visitors("trainer").post(PAGE, what=what, format=form).status_code == 400
    assert count(Export) == 0


def test_nobody_has_many_written_at_once(visitors: Visitors) -> None:
    visit = visitors("trainer")
    for _ in range(actions.WAITING_AT_ONCE):
        assert visit.post(PAGE, what="lessons", format="csv").status_code == 303
    assert visit.post(PAGE, what="lessons", format="csv").status_code == 409


def test_what_fails_is_told_and_leaves_no_file(visitors: Visitors, demo: Flask) -> None:
    visit = visitors("trainer")
    visit.post(PAGE, what="lessons", format="csv")
    with transaction():
        newest().what = "gone"
    write()
    assert "could not be written" in visit.get(PAGE).text
    assert list(actions.folder().iterdir()) == []


def test_what_a_dead_process_began_is_begun_anew(visitors: Visitors) -> None:
    visitors("trainer").post(PAGE, what="lessons", format="csv")
    with transaction():
        newest().begun = clock.now()
    assert write() == 0
    with transaction():
        newest().begun = clock.now() - actions.ABANDONED - 1
    assert write() == 1


def test_files_go_after_a_week_and_are_readable_by_nobody_else(visitors: Visitors, demo: Flask) -> None:
    visit = visitors("trainer")
    visit.post(PAGE, what="lessons", format="csv")
    write()
    path: Path = actions.folder() / (newest().file or "")
    assert path.is_file()
    assert actions.folder().stat().st_mode & 0o077 == 0
    with transaction():
        newest().done = clock.now() - actions.KEPT - 1
    with transaction():
        actions.delete_old()
    assert not path.exists()
    assert visit.get(f"{PAGE}{newest().id}/file").status_code == 404
    assert ">deleted<" in visit.get(PAGE).text


def test_a_file_in_which_somebody_stands_who_was_erased_since_is_deleted(live: Live, visitors: Visitors) -> None:
    person = live(1)
    visitors("trainer").post(PAGE, what="gradebook", format="csv")
    write()
    path = actions.folder() / (newest().file or "")
    stray = actions.folder() / "9-stray.csv"
    stray.write_text("x")
    with transaction():
        actions.delete_old()
    assert path.exists()
    assert not stray.exists()
    with transaction():
        db.session.add(Erasure(person_id=person, at=clock.now(), by=person, done=clock.now()))
    with transaction():
        actions.delete_old()
    assert not path.exists()
