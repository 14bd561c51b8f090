"""The README is tested against the code: what it names exists, and what exists is named."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path

from course.cli import main
from course.config import Config

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_every_setting_is_documented_and_no_other() -> None:
    named = set(re.findall(r"`COURSE_([A-Z_]+)`", README))
    assert named == {setting.name.upper() for setting in fields(Config)}


def test_every_command_in_the_readme_exists() -> None:
    named = set(re.findall(r"\.venv/bin/course ([a-z]+)", README))
    assert named
    assert all(main.get_command(None, name) for name in named)  # type: ignore[arg-type]


def test_every_make_target_in_the_readme_exists_and_has_help() -> None:
    named = {name for pair in re.findall(r"`make ([a-z-]+)|^    make ([a-z-]+)", README, re.MULTILINE) for name in pair}
    help_text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    known = set(re.findall(r"^\s+make (\S+)", help_text, re.MULTILINE))
    assert named - {""} <= known, named - known


def test_every_folder_in_the_readme_exists() -> None:
    tree = README.split("## What is where")[1].split("##")[0]
    for line in re.findall(r"^    ( *)([a-z_]+)/ ", tree, re.MULTILINE):
        folder = ROOT / "course" / line[1] if line[0] else ROOT / line[1]
        assert folder.is_dir(), folder


def test_every_picture_in_the_readme_is_there() -> None:
    for path in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file(), path
