"""What went wrong becomes a page in words, in one place."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from course import create_app, errors
from course.config import Config
from course.db import Statement, db
from course.web.access import allow, anyone, signed_in
from tests.web.visit import Visit, add


def raising(app: Flask, error: Exception) -> None:
    @allow(anyone)
    def view() -> str:
        raise error

    app.add_url_rule("/raise", "raising", view, methods=["GET", "POST"])


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.NotFound("This is gone."), 404),
        (errors.NotAllowed("This is not for you."), 403),
        (errors.Conflict("This moved on."), 409),
        (errors.Invalid("This cannot be read."), 400),
        (errors.Unavailable("This rests."), 503),
        (errors.TooOften("This was too often."), 429),
        (errors.PackRefused("This has errors."), 409),
    ],
)
def test_an_error_of_the_domain_becomes_its_page(app: Flask, error: errors.CourseError, status: int) -> None:
    raising(app, error)
    reply = Visit(app).get("/raise")
    assert reply.status_code == status
    assert str(error) in reply.text
    assert "<main" in reply.text
    assert ("Retry-After" in reply.headers) == (status in {429, 503})


def test_every_error_of_the_domain_has_a_status() -> None:
    from course.web.errors import STATUS

    known = {kind for kind, _status in STATUS}
    everything = {kind for kind in vars(errors).values() if isinstance(kind, type) and kind is not errors.CourseError}
    assert everything <= known


def test_what_people_wrote_is_in_no_error_and_so_in_no_log(app: Flask) -> None:
    wrong = text("INSERT INTO nowhere VALUES (:words)")
    statement = Statement(lambda: wrong)
    with app.app_context():
        for fail in (
            lambda: statement.rows(words="a secret"),
            lambda: db.session.execute(wrong, {"words": "a secret"}),
        ):
            with pytest.raises(DBAPIError) as raised:
                fail()
            assert "nowhere" in str(raised.value)
            assert "secret" not in str(raised.value)
            db.session.rollback()


@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_a_store_that_is_away_is_a_page_that_asks_to_wait(store: str, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    (instance / "course.sqlite").mkdir(parents=True)
    away = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    config = Config(instance=instance, secret_key="x", database_url=away if store == "postgres" else "")
    app = create_app(config)
    client = app.test_client()
    with client.session_transaction() as session:
        session["sign_in"] = "somebody"
    reply = client.get("/fr/settings")
    assert reply.status_code == 503
    assert reply.headers["Retry-After"] == "5"
    assert '<html lang="fr"' in reply.text
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_the_page_of_a_fault_that_its_reader_cannot_be_looked_up_for_is_still_a_page(app: Flask) -> None:
    add(app)
    visit = Visit(app)
    visit.sign_in("ada@example.org")
    with app.app_context():
        db.session.execute(text("ALTER TABLE account RENAME COLUMN time_zone TO away"))
        db.session.commit()
    reply = visit.get("/en/settings")
    assert reply.status_code in {500, 503}
    assert "<main" in reply.text


def test_a_database_that_does_not_answer_is_a_503(app: Flask) -> None:
    from sqlalchemy.exc import OperationalError

    raising(app, OperationalError("SELECT 1", {}, Exception("server closed the connection unexpectedly")))
    reply = Visit(app).get("/raise")
    assert reply.status_code == 503
    assert reply.headers["Retry-After"] == "5"
    assert "SELECT" not in reply.text


def test_a_full_disk_is_a_503_and_readers_go_on(app: Flask) -> None:
    if db_name(app) != "sqlite":
        pytest.skip("the file is SQLite's")
    add(app)
    visit = Visit(app)
    with app.app_context():
        pages = db.session.execute(text("PRAGMA page_count")).scalar_one()

        @allow(anyone)
        def fill() -> str:
            db.session.execute(text(f"PRAGMA max_page_count = {pages}"))
            db.session.execute(text("INSERT INTO blob (hash, body, size) VALUES ('x', zeroblob(1000000), 1)"))
            return "written"

        app.add_url_rule("/fill", "fill", fill, methods=["POST"])
    reply = visit.post("/fill", page="/en/sign-in")
    assert reply.status_code == 503
    assert visit.get("/en/sign-in").status_code == 200


def test_waiting_in_turn_is_a_courtesy_that_writing_does_without(app: Flask) -> None:
    if db_name(app) != "sqlite":
        return
    turn = app.config["COURSE"].instance / "course.sqlite-turn"
    turn.unlink(missing_ok=True)
    turn.mkdir()
    add(app)
    assert Visit(app).sign_in("ada@example.org").status_code == 303


def test_what_a_failed_request_wrote_is_undone(app: Flask) -> None:
    @allow(anyone)
    def half() -> str:
        db.session.execute(text("UPDATE account SET name = 'half'"))
        raise RuntimeError

    app.add_url_rule("/half", "half", half, methods=["POST"])
    add(app, name="whole")
    visit = Visit(app)
    assert visit.post("/half", page="/en/sign-in").status_code == 500
    with app.app_context():
        assert db.session.execute(text("SELECT name FROM account")).scalar_one() == "whole"


def test_what_a_page_writes_on_get_is_undone(app: Flask) -> None:
    @allow(anyone)
    def sly() -> str:
        db.session.execute(text("UPDATE account SET name = 'sly'"))
        return "done"

    app.add_url_rule("/sly", "sly", sly)
    add(app, name="as before")
    assert Visit(app).get("/sly").status_code == 200
    with app.app_context():
        assert db.session.execute(text("SELECT name FROM account")).scalar_one() == "as before"


def test_a_response_exists_only_after_the_commit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    @allow(anyone)
    def write() -> str:
        db.session.execute(text("UPDATE account SET name = 'kept'"))
        return "acknowledged"

    app.add_url_rule("/write", "write", write, methods=["POST"])
    add(app)
    visit = Visit(app)
    token = visit.token("/en/sign-in")

    def fails() -> None:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(db.session, "commit", fails)
    reply = visit.client.post("/write", data={"csrf_token": token})
    assert reply.status_code == 500
    assert "acknowledged" not in reply.text


def test_a_form_from_a_session_that_ended_says_so(app: Flask) -> None:
    reply = Visit(app).client.post("/en/sign-in", data={"who": "ada", "csrf_token": "old"})
    assert reply.status_code == 400
    assert "load the page again" in reply.text


def test_the_method_that_an_address_takes_is_named(app: Flask) -> None:
    visit = Visit(app)
    reply = visit.client.delete("/en/sign-in")
    assert reply.status_code == 405
    assert "POST" in reply.headers["Allow"]


def test_sign_in_is_asked_for_only_where_a_page_was_wanted(app: Flask) -> None:
    app.add_url_rule("/mine", "mine", allow(signed_in)(lambda: ""), methods=["GET", "POST"])
    visit = Visit(app)
    assert visit.get("/mine?x=1").location == "/en/sign-in?next=/mine?x%3D1"
    assert visit.post("/mine", page="/en/sign-in").status_code == 403


def db_name(app: Flask) -> str:
    with app.app_context():
        return db.engine.dialect.name
