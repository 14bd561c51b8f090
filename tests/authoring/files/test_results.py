"""`course check --with-results`: questions that do not work, at their lines, with the rule that says so."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from course import clock
from course.catalogue import queries as courses
from course.catalogue.folder import publish_folder
from course.cli import main
from course.db import db as database
from course.db import transaction
from course.learning.assessment import actions as assessment
from course.learning.assessment import queries as attempts
from course.learning.reading import actions as reading
from course.people.actions import add_person
from course.quiz import fill
from tests.catalogue.draft import Draft
from tests.catalogue.test_command import write

QUIZ = "quizzes/demo/1-basics.en.md"
ASKED = ["one-q", "two-q", "three-q", "misleading"]
LEVELS = [3, 3, 3, 3, 3, 2, 1, 0]
"""How many of the first three questions somebody knows."""
Check = Callable[..., str]


@pytest.fixture
def root(app: Flask, tmp_path: Path) -> Path:
    made = write(tmp_path / "packs", Draft(questions={"basics": ASKED}))
    with app.app_context():
        assert all(not outcome.refused for outcome in publish_folder(made))
    return made


@pytest.fixture
def check(app: Flask, monkeypatch: pytest.MonkeyPatch, root: Path) -> Check:
    monkeypatch.setattr("course.cli.installation", lambda: app)

    def run(*more: str) -> str:
        done = CliRunner().invoke(main, ["check", str(root), *more], catch_exceptions=False)
        assert done.exit_code == 0
        return done.stdout

    return run


def answer(app: Flask, learners: int) -> None:
    """Learners know all, most or little; the last question is right for those who know least."""
    with app.app_context():
        published = courses.published("demo")
        for number in range(learners):
            knows = LEVELS[number % len(LEVELS)]
            right = {name: at < knows for at, name in enumerate(ASKED[:3])}
            right["misleading"] = knows < 3 or number % len(LEVELS) < 2
            with transaction():
                person = add_person(f"real-{number}", None, name="R", language="en", confirmed=True).person_id
                enrolment = reading.enrol(person, published, clock.now())
                attempt = assessment.start(enrolment, published, "basics", clock.now(), number + 1)
                form: dict[str, list[str]] = {}
                for shown in attempts.shown(attempt, "en"):
                    value = ["true"] if right[shown.question.id] else ["false"]
                    form |= fill(shown.question, shown.order, value, shown.field, "en")
                    form[f"base-{shown.drawn.position}"] = ["0"]
                assessment.submit(attempt, form, clock.now(), "en", "key")
        database.session.remove()


def test_a_question_that_turns_the_good_ones_away_is_told_at_its_line(app: Flask, check: Check, root: Path) -> None:
    answer(app, 40)
    said = check("--with-results").splitlines()
    told = [line for line in said if '"misleading" does not work' in line]
    assert not [line for line in said if '"one-q"' in line]
    line = 1 + (root / QUIZ).read_text().split("\n").index("## Is misleading so? {#misleading type=truefalse}")
    assert len(told) == 1
    assert told[0].startswith(f'{QUIZ}:{line}:1: warning: "misleading" does not work: who does well in the rest')
    assert "(40 attempts, 62 % right, discrimination -" in told[0]
    assert "rule `reversed`: look at its key first" in told[0]
    assert "does not work" not in check()
    assert "does not work" not in check("--with-results", "--simulated")


def test_a_renamed_question_keeps_its_figures(app: Flask, check: Check, root: Path) -> None:
    answer(app, 40)
    text = (root / QUIZ).read_text()
    (root / QUIZ).write_text(text.replace("{#misleading ", "{#led-astray renamed-from=misleading "))
    assert '"led-astray" does not work' in check("--with-results")


def test_too_few_answers_say_nothing(app: Flask, check: Check) -> None:
    answer(app, 8)
    assert "does not work" not in check("--with-results")


def test_a_course_that_was_never_published_has_no_results(app: Flask, check: Check, root: Path) -> None:
    write(root, Draft(course="other"))
    assert "does not work" not in check("--with-results")
