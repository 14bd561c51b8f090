"""Writing in the draft of a course, without JavaScript."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from course import clock
from course.authoring.models import Draft as DraftRow
from course.authoring.models import DraftVersion, WorkingCopy
from course.catalogue import queries as catalogue
from course.db import db, transaction
from course.learning.assessment import actions as assessment
from course.learning.assessment import queries as attempts
from course.learning.reading import actions as reading
from course.people.actions import add_person
from course.quiz import fill, key
from tests.authoring.conftest import BASICS, ONE, WORKSHOP, Trainer, drafted

FRENCH = ONE.replace(".en.", ".fr.")


def rows(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def seen(trainer: Trainer) -> str:
    """The page that the preview shows."""
    return trainer.html.split('class="seen-text"')[1]


def test_a_trainer_finds_the_workshop_on_the_course_s_page_and_every_file_in_it(ann: Trainer) -> None:
    ann.open("/en/courses/demo/")
    assert f'href="{WORKSHOP}"' in ann.html
    ann.open(WORKSHOP)
    for path in (ONE, FRENCH, BASICS, "lessons/demo/course.yaml", "lessons/demo/1-first/module.yaml"):
        assert f'href="{WORKSHOP}files/{path}"' in ann.html, path
    assert "Learners see everything as it stands here." in ann.html


def test_what_is_saved_is_in_the_draft_and_learners_do_not_see_it(ann: Trainer) -> None:
    number = catalogue.published("demo").number
    ann.edit(ONE, "Words of one.", "Better words.")
    assert "Saved in the draft." in ann.html
    assert "Better words." in (drafted() or "")
    assert "Better words." in ann.text
    assert catalogue.published("demo").number == number
    ann.open("/en/courses/demo/one/")
    assert "Words of one." in ann.html
    ann.open(WORKSHOP)
    assert "1 file of the draft differs from what learners see." in ann.html
    assert "saved by Ann" in ann.html


def test_saving_what_is_there_already_makes_no_version(ann: Trainer) -> None:
    ann.save(ann.file())
    assert "Nothing has changed" in ann.html
    assert rows(DraftVersion) == rows(DraftRow) == 0


def test_a_draft_in_which_everything_was_taken_back_is_none(ann: Trainer) -> None:
    ann.edit(ONE, "Words of one.", "Better words.")
    ann.edit(ONE, "Better words.", "Words of one.")
    ann.open(WORKSHOP)
    assert "Learners see everything as it stands here." in ann.html
    ann.edit(ONE, "Words of one.", "Other words.")
    assert rows(DraftRow) == 2


def test_a_preview_shows_the_page_and_saves_nothing(ann: Trainer) -> None:
    text = ann.file().replace("Words of one.", "Some **bold** words.")
    reply = ann.send(f"{WORKSHOP}preview/{ONE}", base=ann.base, text=text)
    assert reply.status_code == 200
    assert "Some <strong>bold</strong> words." in ann.html
    assert "Some **bold** words." in ann.text
    assert rows(DraftVersion) == rows(WorkingCopy) == 0


def test_what_is_wrong_is_said_with_its_line(ann: Trainer) -> None:
    text = ann.file().replace("Words of one.", "See [two](lesson:no-such).")
    line = text[: text.index("See [two]")].count("\n") + 1
    ann.save(text)
    assert f'data-line="{line}"' in ann.html
    assert "See [two](lesson:no-such)." in ann.html
    assert "no-such" in ann.html.split('class="remarks"')[1]
    ann.open(WORKSHOP)
    assert "1 error has to be mended first." in ann.html
    ann.file(BASICS)
    assert "1 error in another file of the course" in ann.html


def test_text_that_breaks_everything_can_be_saved_and_is_shown_again(ann: Trainer) -> None:
    ann.file()
    for text in ("", "---\nid: one\n---\n\n# \n", "---\nid: [", "no front matter"):
        ann.save(text)
        assert ann.page.status_code == 200
        assert drafted() == text
    assert "There is no page to show until the errors above are mended." in ann.html


def test_an_id_that_people_s_records_hang_on_is_missed_at_once(ann: Trainer) -> None:
    ann.edit(BASICS, "{#basics-q1 ", "{#basics-new ")
    ann.open(WORKSHOP)
    assert "basics-q1" in ann.html.split('id="findings"')[1]


def test_a_question_can_be_tried_in_the_preview(ann: Trainer) -> None:
    text = ann.file(BASICS)
    assert "As the lesson says." not in seen(ann)
    fields = {"text": text, "base": ann.base, "try-basics-q1": "0", "check": "basics-q1"}
    ann.send(f"{WORKSHOP}preview/{BASICS}", **fields)
    assert seen(ann).count("As the lesson says.") == 1
    ann.send(f"{WORKSHOP}preview/{BASICS}", text=text, base=ann.base, answers="1")
    assert seen(ann).count("As the lesson says.") == 2


def test_a_translation_begins_with_the_source_s_text(ann: Trainer) -> None:
    glossary = "lessons/demo/glossary.en.md"
    ann.file(glossary)
    ann.save("# Commons {#commons}\n\nWhat all share.\n", glossary)
    french = glossary.replace(".en.", ".fr.")
    assert "What all share." in ann.file(french)
    assert "Nothing is kept until you save." in ann.html
    assert drafted(french) is None


def test_line_ends_and_byte_order_marks_stay_as_they_were(
    publish: Callable[..., object], ann: Trainer, demo: object
) -> None:
    from course.content.pack import Pack
    from tests.catalogue.draft import Draft

    files = {path: text.encode() for path, text in Draft(languages=("en", "fr")).files().items()}
    files[ONE] = b"\xef\xbb\xbf" + files[ONE].replace(b"\n", b"\r\n")
    publish(Pack("demo", files))
    ann.save(ann.file())
    assert "Nothing has changed" in ann.html
    ann.edit(ONE, "Words of one.", "Better words.")
    from course.authoring import queries

    db.session.rollback()
    assert queries.body(queries.state("demo"), ONE) == files[ONE].replace(b"Words of one.", b"Better words.")


def test_the_draft_can_be_thrown_away_by_who_means_it(ann: Trainer) -> None:
    ann.edit(ONE, "Words of one.", "Better words.")
    ann.open(WORKSHOP)
    ann.send(WORKSHOP + "end")
    assert "Better words." in (drafted() or "")
    ann.send(WORKSHOP + "end", sure="yes")
    assert "Words of one." in (drafted() or "")
    ann.open(WORKSHOP)
    assert "Learners see everything as it stands here." in ann.html


@pytest.mark.parametrize("role", [{"role": "trainer", "course": "another"}, {"language": "en"}])
def test_to_others_there_is_no_workshop(join: Callable[..., Trainer], role: dict[str, str]) -> None:
    eve = join("eve", **role)
    for address in (WORKSHOP, f"{WORKSHOP}files/{ONE}"):
        assert eve.open(address).status_code == 404
    eve.open("/en/settings")
    for address in (f"files/{ONE}", f"preview/{ONE}", f"working-copies/{ONE}", "end"):
        assert eve.send(WORKSHOP + address, text="x", base="", sure="yes").status_code == 404
        eve.open("/en/settings")
    assert rows(DraftVersion) == rows(WorkingCopy) == 0


@pytest.mark.parametrize(
    "path",
    [
        "lessons/demo/../../etc/passwd",
        "lessons/other/course.yaml",
        "lessons/demo/1-first/9-nine.txt",
        "lessons/demo/nothing.yaml",
        "lessons/demo/figures/a.png",
    ],
)
def test_no_path_outside_the_course_is_opened_or_written(ann: Trainer, path: str) -> None:
    ann.file()
    assert ann.open(f"{WORKSHOP}files/{path}").status_code == 404
    ann.file()
    assert ann.save("words", path, base="").status_code == 404
    assert rows(DraftVersion) == 0


def test_a_quiz_s_numbers_stand_beside_its_questions_with_the_rule_that_fired(ann: Trainer) -> None:
    for number in range(1, 22):
        with transaction():
            _answer_all_right(number)
        if number == 1:
            ann.file(BASICS)
            assert "Fewer than 20 answers: nothing can be said yet." in ann.html
    ann.file(BASICS)
    said = ann.html.split('id="numbers"')[1]
    assert said.count("More than 95 % of the marks are earned.") == 2
    assert 'data-go="' in said
    assert "/results/quizzes/basics/questions/" in said
    ann.file(ONE)
    assert 'id="numbers"' not in ann.html


def _answer_all_right(number: int) -> None:
    published, now = catalogue.published("demo"), clock.now()
    person = add_person(f"learner{number}", None, confirmed=True).person_id
    enrolment = reading.enrol(person, published, now)
    attempt = assessment.start(enrolment, published, "basics", now, number)
    form: dict[str, list[str]] = {f"base-{shown.drawn.position}": ["0"] for shown in attempts.shown(attempt, "en")}
    for shown in attempts.shown(attempt, "en"):
        form |= fill(shown.question, shown.order, key(shown.question), shown.field, "en")
    assessment.submit(attempt, form, now, "en", f"key{number}")
