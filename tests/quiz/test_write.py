"""What is written as Markdown is read as the same question."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from course.markup.writing import Unwritable
from course.quiz.model import EMPTY, Html, Question
from course.quiz.types import TYPES
from course.quiz.types.short import ShortBody
from course.quiz.write import write_question, write_quiz
from tests.quiz.asked import questions, stems, without_lines
from tests.quiz.reading import front_of, question_of, quiz_of

ROOT = Path(__file__).parents[2]
quickly = settings(suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""Making one of these questions smaller takes minutes and says little more."""
FILES = sorted(ROOT.glob("quizzes/*/*.md"))


@pytest.mark.parametrize("kind", sorted(TYPES))
@settings(quickly, max_examples=25)
@given(data=st.data())
def test_any_question_is_read_as_it_was_written(kind: str, data: st.DataObject) -> None:
    asked = data.draw(questions(kind))
    assert without_lines(question_of(write_question(asked))) == asked


def test_a_line_of_code_keeps_the_no_break_space_at_its_end() -> None:
    body = "## W {#q}\n\n= 1\n\n> ```\n> abc\u00a0\n> ```\n>\n> After.\n"
    asked = question_of(body)
    assert "abc&nbsp;" in asked.feedback
    assert without_lines(question_of(write_question(asked))) == without_lines(asked)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_shipped_quizzes_are_read_as_they_are_written(path: Path) -> None:
    quiz = quiz_of(path.read_text("utf-8").split("---\n", 2)[2])
    for asked in quiz.questions:
        assert without_lines(question_of(write_question(asked))) == without_lines(asked)


@settings(quickly, max_examples=20)
@given(title=st.text("aé:#'\"{}[]-1 ", min_size=1).filter(lambda text: bool(text.strip())), intro=stems)
def test_a_quiz_keeps_its_title_and_introduction(title: str, intro: Html) -> None:
    asked = question_of("## One {#one}\n\n- ( ) a\n- (x) b\n")
    text = write_quiz("a-quiz", title, intro, (asked,))
    front, found = front_of(text.split("---\n", 2)[1])
    assert front is not None
    assert (front.title, found) == (title.strip(), [])
    assert quiz_of(text.split("---\n", 2)[2]).intro == intro


@pytest.mark.parametrize("name", sorted(TYPES))
def test_the_examples_of_each_type_are_read_as_they_are_written(name: str) -> None:
    data = yaml.safe_load((Path(__file__).parent / "types" / f"{name}.yaml").read_text())
    for text in (data["question"], data["twin"]):
        assert without_lines(question_of(write_question(question_of(text)))) == without_lines(question_of(text))


def test_a_heading_alone_at_the_end_of_a_file_is_a_question_to_write_about() -> None:
    assert question_of("## Tell us {#tell type=written}").type == "written"


def test_what_no_author_can_write_is_said() -> None:
    asked = Question("x", "short", Html("Who?"), Html('<div class="table"><video></video></div>'), ShortBody(("a",)))
    with pytest.raises(Unwritable, match="video"):
        write_question(asked)
    assert write_question(Question("x", "short", Html("Who?"), EMPTY, ShortBody(("a",)))).startswith("## Who? {#x}")
