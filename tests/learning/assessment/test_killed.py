"""An answer that was acknowledged is never lost: the server is killed in the middle of saving, without any warning."""

import os
import re
import signal
import threading
import time
import urllib.parse
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path

import psycopg
import pytest

from course.db import sqlite
from tests.learning.assessment.pack import pack
from tests.learning.assessment.pages import FormOnPage, forms
from tests.live import Installation
from tests.stores import PostgresStore, SqliteStore

QUIZ = "/en/courses/demo/quizzes/basics/"
ENOUGH = 15


class Phone:
    """A learner's browser over a real connection."""

    def __init__(self, site: Installation) -> None:
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.html = ""

    def open(self, path: str, fields: dict[str, object] | None = None) -> str:
        """The address where it led."""
        data = None if fields is None else urllib.parse.urlencode(fields, doseq=True).encode()
        with self.opener.open(urllib.parse.urljoin(self.site.url, path), data, timeout=20) as reply:
            self.html = reply.read().decode()
            return str(reply.url)

    def form(self, part: str) -> FormOnPage:
        return next(form for form in forms(self.html) if part in form.action)

    def send(self, part: str, **fields: object) -> str:
        form = self.form(part)
        return self.open(form.action, {**form.fields, **fields})


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def site(request: pytest.FixtureRequest, tmp_path: Path):
    """`course serve` with the demo course, on a store of its own."""
    store: SqliteStore | PostgresStore = request.getfixturevalue(f"{request.param}_store")
    for path, body in pack().files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    settings = {"COURSE_ROOT": str(tmp_path), "COURSE_SECRET_KEY": "the same after the restart", "COURSE_WORKERS": "2"}
    with store.database(tmp_path / "instance") as url:
        site = Installation(tmp_path / "instance", COURSE_DATABASE_URL=url, **settings)
        with site:
            yield site


@pytest.fixture
def phone(site: Installation) -> Phone:
    """Signed in, enrolled, and in front of an attempt's questions."""
    password = site.add("ada@example.org")
    phone = Phone(site)
    phone.open("/en/sign-in")
    phone.open("/en/sign-in", {**phone.form("").fields, "who": "ada@example.org", "password": password})
    phone.open("/en/courses/demo/")
    phone.send("/enrolment")
    phone.open(QUIZ)
    phone.send("/attempts")
    return phone


def stored(site: Installation) -> list[str]:
    """The texts of all responses, in order."""
    query = "SELECT text FROM response WHERE text IS NOT NULL ORDER BY number"
    url = site.environment["COURSE_DATABASE_URL"]
    if url:
        with psycopg.connect(url.replace("+psycopg", "")) as store:
            return [row[0] for row in store.execute(query)]
    store = sqlite.connect(str(site.instance / "course.sqlite"))
    try:
        return [row[0] for row in store.execute(query)]
    finally:
        store.close()


def save_until_cut_off(phone: Phone, word: str, acknowledged: list[str]) -> None:
    """Type into the same field again and again, as long as the server answers."""
    form = phone.form("/responses")
    field = next(name for name in form.fields if re.fullmatch(r"q[0-9]+", name) and name not in form.checks)
    for number in range(10_000):
        text = f"{word} {number}"
        try:
            phone.send("/responses", **{field: text})
        except (OSError, HTTPException):
            return
        assert "Saved." in phone.html
        acknowledged.append(text)


def test_an_answer_that_was_acknowledged_outlives_a_server_that_is_killed(site: Installation, phone: Phone) -> None:
    acknowledged: list[str] = []
    saving = threading.Thread(target=save_until_cut_off, args=(phone, "answer", acknowledged))
    saving.start()
    end = time.monotonic() + 30
    while len(acknowledged) < ENOUGH and time.monotonic() < end:
        time.sleep(0.003)
    os.killpg(site.process.pid, signal.SIGKILL)
    site.process.wait()
    saving.join()
    assert len(acknowledged) >= ENOUGH
    site.start()
    phone.open(f"{QUIZ}attempts/1/")
    kept = stored(site)
    # In order, none missing; the very last may have been stored before its acknowledgement got through.
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) - len(acknowledged) <= 1
    assert f'value="{kept[-1]}"' in phone.html
