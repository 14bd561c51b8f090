"""`course verify` finds nothing where all is well, and whatever does not follow from the log."""

import pytest
from flask import Flask
from sqlalchemy import text

from course.db import db
from course.learning.reading import verify
from tests.learning.reading.conftest import Learner


@pytest.fixture
def learned(ada: Learner) -> Learner:
    """Read everything, failed the quiz, then passed it."""
    ada.enrol()
    ada.read("one", "two")
    ada.take("basics", right=False)
    ada.take("basics")
    return ada


def found() -> str:
    return "\n".join(sentence for sentences in verify.differences() for sentence in sentences)


def tampered(*statements: str) -> str:
    """What is found after somebody went at the database itself."""
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()
    return found()


def test_nothing_differs_after_a_learner_s_day(learned: Learner) -> None:
    assert verify.enrolments() == 1
    assert found() == ""


def test_the_command_says_so(learned: Learner, reading: Flask) -> None:
    done = reading.test_cli_runner().invoke(_command())
    assert (done.exit_code, "1 enrolments: no differences" in done.stderr) == (0, True)
    db.session.execute(text("UPDATE attempt SET grade = 17 WHERE number = 1"))
    db.session.commit()
    done = reading.test_cli_runner().invoke(_command())
    assert (done.exit_code, "the stored grade is 17" in done.stdout) == (1, True)


def _command():
    from course.learning.reading.cli import verify

    return verify


def test_progress_that_no_event_tells_of_is_found(learned: Learner) -> None:
    assert "the log says" in tampered("UPDATE enrolment SET done_items = '1'")


def test_a_response_that_is_gone_is_found_twice_by_its_number_and_by_its_acknowledgement(learned: Learner) -> None:
    if db.engine.dialect.name == "sqlite":
        open_ = "DROP TRIGGER response_keeps_delete", "DROP TRIGGER marking_keeps_delete"
    else:
        open_ = "ALTER TABLE response DISABLE TRIGGER USER", "ALTER TABLE marking DISABLE TRIGGER USER"
    last = "SELECT max(id) FROM response"
    said = tampered(
        *open_, f"DELETE FROM marking WHERE response_id = ({last})", f"DELETE FROM response WHERE id = ({last})"
    )
    assert "responses were counted" in said
    assert "were acknowledged and are not there" in said


def test_a_mark_that_the_answer_is_not_worth_is_found(learned: Learner) -> None:
    said = tampered(
        "INSERT INTO marking (response_id, fraction, version, reason, at) SELECT max(id), 5, '1', '', 1 FROM response"
    )
    assert "and was marked 5" in said
    assert "its markings give" in said
