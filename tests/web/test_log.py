"""One line for each request, and no secret in it."""

import contextlib
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from tests.web.visit import PASSWORD, Visit, add


def test_a_request_is_one_line_that_says_who_and_what(app: Flask) -> None:
    person = add(app)
    visit = Visit(app)
    visit.sign_in("ada@example.org")
    with capture_logs() as lines:
        visit.get("/en/settings?secret=1")
    (line,) = [line for line in lines if line["event"] == "request"]
    assert line["method"] == "GET"
    assert line["route"] == "/<lang>/settings"
    assert line["status"] == 200
    assert line["person"] == person


def test_no_token_password_or_address_is_logged(app: Flask) -> None:
    add(app)
    visit = Visit(app)
    with capture_logs() as lines:
        visit.sign_in("ada@example.org", next="/en/settings?key=sesame")
        visit.get("/en/confirm/tok3n")
        visit.get("/en/reset/tok3n?also=sesame")
        visit.get("/en/nowhere/tok3n")
    said = repr(lines)
    for secret in ("tok3n", "sesame", PASSWORD, "ada@example.org", visit.cookie() or "no cookie"):
        assert secret not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which Linux has")
def test_a_log_on_a_full_disk_keeps_nobody_from_reading(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with contextlib.suppress(OSError), open("/dev/full", "w") as full:  # closing it fails, too
        monkeypatch.setattr(sys, "stdout", full)
        status = client.get("/en/courses/").status_code
        monkeypatch.undo()
    assert status == 200
