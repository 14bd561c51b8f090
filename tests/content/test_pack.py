"""A pack is read from a folder as it is, and nothing outside the folder ever is."""

import os
import shutil
from pathlib import Path

import pytest

from course.content.build import build
from course.content.check import check, report
from course.content.pack import Pack, read_packs
from course.markup.findings import Findings
from tests.content.packs import FIRST, TINY, WATER, tiny


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "root"))


def only_pack(root: Path) -> Pack:
    findings = Findings()
    (pack,) = read_packs(root, findings)
    assert not findings.found
    return pack


def test_the_files_bytes_are_read_under_their_paths(root: Path) -> None:
    pack = only_pack(root)
    assert pack.course == "tiny"
    assert dict(pack.files) == tiny()


def test_hidden_files_and_readmes_are_none_of_the_courses(root: Path) -> None:
    (root / "lessons" / "tiny" / ".DS_Store").write_bytes(b"x")
    (root / "lessons" / "tiny" / "README.md").write_text("About this folder")
    (root / "lessons" / "LICENSE").write_text("CC BY 4.0")
    assert dict(only_pack(root).files) == tiny()


def test_a_symbolic_link_is_refused_and_not_followed(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("secret")
    (root / WATER).unlink()
    (root / WATER).symlink_to(secret)
    pack = only_pack(root)
    built = build(pack)
    assert built.outline is None
    assert b"secret" not in b"".join(pack.files.values())
    assert [(found.rule, found.place.file) for found in built.errors] == [("symbolic-link", WATER)]


def test_a_folder_that_is_a_symbolic_link_is_refused(root: Path, tmp_path: Path) -> None:
    (root / "lessons" / "other").symlink_to(tmp_path)
    (root / "lessons" / "tiny" / "files" / "more").symlink_to(tmp_path)
    found = [finding.place.file for finding in check(root).errors if finding.rule == "symbolic-link"]
    assert found == ["lessons/other", "lessons/tiny/files/more"]


def test_a_pipe_is_refused_and_keeps_nobody_waiting(root: Path) -> None:
    os.mkfifo(root / FIRST / "figures" / "pipe.png")
    assert "special-file" in {found.rule for found in check(root).errors}


def test_a_picture_that_is_too_large_is_not_even_read(root: Path) -> None:
    path = f"{FIRST}/figures/loaf.png"
    with (root / path).open("wb") as file:
        file.truncate(3_000_000_000)
    pack = only_pack(root)
    assert path not in pack.files
    assert [(found.rule, found.place.file) for found in build(pack).errors] == [("too-large", path)]


def test_a_folder_without_lessons_says_so(tmp_path: Path) -> None:
    assert [found.rule for found in check(tmp_path)] == ["no-course"]


def test_quizzes_without_lessons_are_a_course_without_its_settings(tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "quizzes" / "alone").mkdir(parents=True)
    assert [found.rule for found in check(tmp_path).errors] == ["missing-file"]


def test_the_report_has_a_line_for_each_finding_and_draws_nothing_on_the_terminal(root: Path) -> None:
    (root / WATER).write_text((root / WATER).read_text().replace("figures/wheel.svg", "figures/\x1b[31mwheel.svg"))
    lines = list(report(check(root)))
    assert lines
    assert all(line.isprintable() for line in lines)


def test_many_files_are_checked_on_all_cores_with_the_same_outcome(root: Path) -> None:
    settings = (root / "lessons" / "tiny" / "course.yaml").read_text()
    (root / "lessons" / "tiny" / "course.yaml").write_text(settings.replace("[water, bread]", "all"))
    module = root / "lessons" / "tiny" / "2-second"
    for number in range(2, 60):
        for tag in ("en", "fr"):
            text = (module / f"1-salt.{tag}.md").read_text()
            text = text.replace("id: salt", f"id: salt-{number}").replace("salt-it", f"salt-it-{number}")
            (module / f"{number}-salt.{tag}.md").write_text(text)
    told: list[tuple[int, int]] = []
    found = check(root, lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 100
    assert found.found == list(build(only_pack(root)).findings)
    assert not found.errors
