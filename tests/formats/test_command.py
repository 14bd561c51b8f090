"""`course import` and `course export` as a trainer types them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course.cli import main
from course.content.build import build
from course.content.pack import read_pack

ROOT = Path(__file__).parents[2]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A course without a quiz yet."""
    for path in (ROOT / "tests/packs/tiny/lessons").rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(ROOT / "tests/packs/tiny")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return tmp_path


@pytest.mark.parametrize("kind", ["gift", "moodle-xml"])
def test_a_shipped_quiz_goes_out_and_comes_in_as_a_file_that_the_check_accepts(kind: str, pack: Path) -> None:
    bank = pack / "bank"
    quiz = pack / "quizzes/tiny/1-basics.en.md"
    out = run("export", kind, ROOT / "quizzes/guide/1-craft.en.md", bank)
    assert out.exit_code == 3
    assert "1-craft.en.md:188: helpful: left out" in out.output
    back = run("import", kind, bank, quiz, "--title", "Basics")
    assert back.exit_code in (0, 3)
    assert quiz.read_text("utf-8").startswith("---\nid: basics\ntitle: Basics\n---\n\n## A module’s folder")
    findings = build(read_pack(pack, "tiny")).findings
    in_quiz = [str(one) for one in findings if one.place.file.endswith("1-basics.en.md") and one.severity == "error"]
    assert not [text for text in in_quiz if "objective" not in text]


def test_nothing_is_overwritten_unless_forced(tmp_path: Path) -> None:
    bank, quiz = tmp_path / "bank.gift", tmp_path / "1-a.en.md"
    bank.write_text("Who? {=I ~you}\n")
    quiz.write_text("mine")
    refused = run("import", "gift", bank, quiz)
    assert (refused.exit_code, quiz.read_text()) == (1, "mine")
    assert "--force" in refused.output
    assert run("import", "gift", bank, quiz, "--force").exit_code == 3  # The name is none that the check looks for.
    assert "- (x) I" in quiz.read_text()
    assert run("export", "gift", quiz, bank).exit_code == 1
    assert run("export", "gift", quiz, bank, "--force").exit_code == 0


def test_a_bank_of_nothing_that_we_can_ask_writes_no_file(tmp_path: Path) -> None:
    (tmp_path / "bank.gift").write_text("Only words.\n")
    done = run("import", "gift", tmp_path / "bank.gift", tmp_path / "1-a.en.md")
    assert done.exit_code == 1
    assert "asks nothing" in done.output
    assert not (tmp_path / "1-a.en.md").exists()


def test_a_quiz_with_errors_is_not_exported(tmp_path: Path) -> None:
    quiz = tmp_path / "1-a.en.md"
    quiz.write_text("---\nid: a\ntitle: A\n---\n\n## Who? {#who}\n\n- ( ) I\n- ( ) you\n")
    done = run("export", "gift", quiz, tmp_path / "a.gift")
    assert done.exit_code == 1
    assert "1-a.en.md:8" in done.output
    assert not (tmp_path / "a.gift").exists()


def test_a_translation_goes_out_with_what_its_source_alone_says(tmp_path: Path) -> None:
    assert run("export", "moodle-xml", ROOT / "quizzes/sse/1-understanding.fr.md", tmp_path / "a.xml").exit_code == 3
    assert "objective:recognise-gap" in (tmp_path / "a.xml").read_text("utf-8")
