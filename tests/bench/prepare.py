"""An installation for the bench: packs, 64 signed-in learners with open attempts, and a running server."""

import contextlib
import io
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, g, session
from flask_wtf.csrf import generate_csrf

from course import clock, create_app, serve
from course.config import Config
from course.db import db, transaction
from tests.live import free_port

ROOT = Path(__file__).parent.parent.parent
LEARNERS = 64
PASSWORD = "a pass phrase for the bench"
COURSE = "bench"
QUIZ = "ten"


@dataclass(slots=True)
class Learner:
    """What a client needs to act as one learner, who has attempt 1 at the bench's quiz open."""

    address: str
    cookie: str
    token: str
    person: int
    key: str = ""
    """The sign-in's, as it is stored; for those that were written as rows."""


@dataclass(slots=True)
class Bench:
    """A prepared installation: where it is, who is in it, and its server while that runs."""

    config: Config
    app: Flask
    learners: list[Learner] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None
    visitor: tuple[str, str] = ("", "")
    """CSRF token and cookie of somebody who is not signed in."""
    ready: list[Learner] = field(default_factory=list)
    """Learners, each with an open attempt without an answer in it, for the next measurement of handing in."""
    saves: int = 0
    """Numbers of saves that were used up, so that no measurement repeats another's keys."""

    def start(self, **settings: str) -> None:
        """Start `course serve` with the hello beside it, 2 workers of one blocking thread, and wait until ready."""
        environment = os.environ | _environment(self.config) | settings
        self.config.instance.mkdir(parents=True, exist_ok=True)  # on PostgreSQL nothing has made it yet
        log = (self.config.instance / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.server"], cwd=ROOT, env=environment, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
        self.wait()

    def wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.config.port}/readyz", timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError((self.config.instance / "server.log").read_text()[-2000:])

    def stop(self, number: int = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(5)

    def close(self) -> None:
        self.stop()
        with self.app.app_context():
            db.engine.dispose()
        shutil.rmtree(self.config.instance.parent)


def _environment(config: Config) -> dict[str, str]:
    return {
        "COURSE_INSTANCE": str(config.instance),
        "COURSE_ROOT": str(config.root),
        "COURSE_DATABASE_URL": config.database_url,
        "COURSE_SECRET_KEY": config.secret_key,
        "COURSE_PORT": str(config.port),
        "COURSE_HOST": "127.0.0.1",
        "COURSE_WORKERS": "2",
        "COURSE_SYNCHRONOUS": config.synchronous,
        "PYTHONPATH": str(ROOT),
    }


def new(database_url: str = "", learners: int = LEARNERS, synchronous: str = "FULL") -> Bench:
    """Make an installation in a temporary folder, on the file system of the machine's temporary files."""
    folder = Path(tempfile.mkdtemp(prefix="course-bench-"))
    config = Config(
        root=folder, instance=folder / "instance", database_url=database_url, port=free_port(),
        secret_key=secrets.token_urlsafe(32), synchronous=synchronous,
    )  # fmt: skip
    for kind in ("lessons", "quizzes"):
        shutil.copytree(Path(os.environ.get("COURSE_ROOT", ROOT)) / kind, folder / kind)
    write_pack(folder)
    bench = Bench(config, create_app(config))
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        serve.prepare(bench.app)
    with bench.app.app_context():
        for number in range(learners):
            bench.learners.append(_learner(bench.app, number))
        with bench.app.test_request_context():
            bench.visitor = _token(bench.app)
    return bench


def write_pack(root: Path, lessons: int = 3) -> None:
    """A course of `lessons` small lessons and a quiz of ten questions without a limit of attempts."""
    home = root / "lessons" / COURSE
    (home / "1-only").mkdir(parents=True)
    home.joinpath("course.yaml").write_text(
        f"id: {COURSE}\ntitle: {{en: Bench}}\nlanguages: {{en: source}}\naccess: open\n"
        f"complete when: {{lessons: all, quizzes: [{QUIZ}]}}\n"
    )
    home.joinpath("1-only", "module.yaml").write_text(f"id: only\ntitle: {{en: Only}}\nquiz: {QUIZ}\n")
    for number in range(1, lessons + 1):
        home.joinpath("1-only", f"{number}-lesson.en.md").write_text(lesson(number))
    questions = "\n".join(
        f"## Which is number {n}? {{#q{n}}}\n\n- ( ) None of them\n  > No.\n- (x) This one\n\n> Yes.\n"
        for n in range(10)
    )
    (root / "quizzes" / COURSE).mkdir(parents=True)
    (root / "quizzes" / COURSE / "1-ten.en.md").write_text(
        f"---\nid: {QUIZ}\ntitle: Ten\npass: 50%\nattempts: unlimited\nshuffle: false\n---\n\n{questions}"
    )


def lesson(number: int, note: str = "") -> str:
    """A lesson's Markdown, a little different for each number."""
    paragraph = f"Members of cooperative {number} decide together what to do with what they earn. {note}"
    return (
        f"---\nid: lesson-{number}\ntitle: Lesson {number}\nminutes: 3\n"
        f"objectives:\n  say-{number}: Say what it is\n---\n\n"
        f"{paragraph}\n\n## First {{#first}}\n\n{paragraph}\n\n## Second {{#second}}\n\n{paragraph}\n"
    )


def _learner(app: Flask, number: int) -> Learner:
    from course.people import actions, sessions

    address = f"learner-{number}@example.org"
    with transaction():
        account = actions.add_person(address, PASSWORD, name=f"Learner {number}", confirmed=True)
        person = account.person_id
        _enrol(person, number)
        with app.test_request_context():
            sessions.begin(person, True)
            token, cookie = _token(app)
    return Learner(address, cookie, token, person)


def _token(app: Flask) -> tuple[str, str]:
    """A CSRF token of the session in force, and the cookie that carries that session."""
    g.pop("csrf_token", None)  # kept for the application context, which here outlives the learner
    token = generate_csrf()
    return token, f"session={app.session_interface.get_signing_serializer(app).dumps(dict(session))}"


def _enrol(person: int, number: int) -> None:
    """Enrol in both courses. Each learner has read other lessons, as people have, so that no two pages are the same."""
    from course.catalogue import queries
    from course.learning.assessment.actions import start
    from course.learning.reading.actions import enrol, read_lesson

    for slug in ("sse", COURSE):
        published = queries.published(slug)
        enrolment = enrol(person, published, clock.now())
        db.session.flush()
        lessons = [lesson.id for module in published.outline.modules for lesson in module.lessons]
        for place, lesson in enumerate(lessons):
            if slug == COURSE or number >> place & 1:
                read_lesson(enrolment, published, lesson, clock.now())
    start(enrolment, published, QUIZ, clock.now(), person)
