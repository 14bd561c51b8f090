"""The command `course`: what it says, and with which exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live import ROOT


@pytest.fixture
def course(tmp_path: Path):
    def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"COURSE_INSTANCE": str(tmp_path / "instance"), "COURSE_ROOT": str(tmp_path)}
        return subprocess.run(
            [sys.executable, "-m", "course.cli", *arguments],
            input=stdin, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    return run


def test_help_names_every_command_and_an_example(course) -> None:
    said = course("--help").stdout
    for command in ("analyse", "check", "demo", "publish", "routes", "serve", "user"):
        assert f"\n  {command} " in said
    assert "course serve" in said
    assert "Exit codes" in said


@pytest.mark.parametrize(
    "command", [("analyse",), ("demo",), ("serve",), ("check",), ("publish",), ("routes",), ("user",), ("user", "add")]
)
def test_every_command_explains_itself(course, command: tuple[str, ...]) -> None:
    done = course(*command, "--help")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) > 4


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("check", "/does/not/exist"), ("user", "add"), ("serve", "--port", "x")]
)
def test_what_is_not_understood_is_exit_code_2(course, arguments: tuple[str, ...]) -> None:
    done = course(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_check_says_nothing_is_wrong_with_the_tiny_pack(course) -> None:
    done = course("check", str(ROOT / "tests/packs/tiny"))
    assert done.returncode == 0, done.stdout
    assert "1 course: no errors" in done.stderr


def test_check_names_file_line_and_column_and_is_exit_code_1(course, tmp_path: Path) -> None:
    (tmp_path / "lessons/x").mkdir(parents=True)
    (tmp_path / "lessons/x/course.yaml").write_text("id: x\nid: y\n")
    done = course("check", str(tmp_path))
    assert done.returncode == 1
    assert "lessons/x/course.yaml:2:" in done.stdout
    assert "Traceback" not in done.stderr


def test_check_of_a_folder_without_courses_says_so(course, tmp_path: Path) -> None:
    done = course("check", str(tmp_path))
    assert done.returncode == 1
    assert "lessons" in done.stdout


def test_people_are_added_listed_and_given_roles(course) -> None:
    password = "several words of mine\n"
    assert (
        course("user", "add", "ada@example.org", "--role", "admin", "--password-stdin", stdin=password).returncode == 0
    )
    assert course("user", "add", "ben", "--password-stdin", stdin=password).returncode == 0
    assert course("publish", "--root", str(ROOT / "tests/packs/tiny")).returncode == 0
    assert course("user", "role", "ben", "trainer", "--course", "tiny").returncode == 0
    assert course("user", "list").stdout.splitlines() == ["ada@example.org\tadmin", "ben\ttrainer of tiny"]
    assert course("user", "role", "ben", "learner").returncode == 0
    assert course("user", "list").stdout.splitlines()[1] == "ben\tlearner"


def test_a_trainer_of_no_course_is_refused_with_the_courses_there_are(course) -> None:
    course("publish", "--root", str(ROOT / "tests/packs/tiny"))
    add = ("user", "add", "ben", "--role", "trainer", "--password-stdin", "--course")
    refused = course(*add, "nope", stdin="several words of mine\n")
    assert refused.returncode == 1
    assert "There is no course 'nope'. Published are: tiny." in refused.stderr
    assert course("user", "list").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (("user", "add", "ada@example.org", "--password-stdin"), "short\n", "8 to 128"),
        (
            ("user", "add", "a b", "--password-stdin"),
            "several words of mine\n",
            "neither an e-mail address nor a user name",
        ),
        (("user", "add", "ada", "--role", "trainer", "--password-stdin"), "several words of mine\n", "--course"),
        (("user", "role", "nobody", "admin"), "", "no account nobody"),
        (
            ("user", "add", "ada", "--role", "trainer", "--course", "nope", "--password-stdin"),
            "several words of mine\n",
            "no course 'nope'. None is published yet",
        ),
    ],
)
def test_what_cannot_be_done_is_said_and_is_exit_code_1(course, arguments, stdin: str, said: str) -> None:
    done = course(*arguments, stdin=stdin)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_same_person_cannot_be_added_twice(course) -> None:
    add = ("user", "add", "ada@example.org", "--password-stdin")
    course(*add, stdin="several words of mine\n")
    again = course(*add, stdin="several words of mine\n")
    assert again.returncode == 1
    assert "has an account already" in again.stderr


def test_routes_say_who_may_use_them(course) -> None:
    said = course("routes").stdout
    assert "NOBODY" not in said
    line = next(line for line in said.splitlines() if "/<lang>/settings " in line)
    assert line.startswith("GET POST")
    assert line.endswith("signed in")


def test_a_setting_that_cannot_be_read_is_said(course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_WORKERS", "many")
    assert course("serve").returncode == 2
    monkeypatch.delenv("COURSE_WORKERS")
    monkeypatch.setenv("COURSE_TRUSTED_PROXIES", "many")
    done = course("routes")
    assert done.returncode == 1
    assert "COURSE_TRUSTED_PROXIES" in done.stderr
    assert "Traceback" not in done.stderr
