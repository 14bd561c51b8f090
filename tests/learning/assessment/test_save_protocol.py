"""The save protocol of the design, row by row."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from course.db import db
from course.errors import Conflict, Invalid
from course.learning.assessment import queries, rules
from course.learning.assessment.models import Response, Save
from tests.learning.assessment.conftest import MINUTE, Desk

YES, NO = ["yes"], ["no"]


def count(table: type[Response] | type[Save]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_new_key_in_time_with_a_changed_value_makes_a_numbered_response(desk: Desk) -> None:
    attempt = desk.start()
    saved = desk.save(attempt, {"which": NO, "called": "a word"}, "k1")
    assert sorted(saved.made.values()) == [1, 2]
    assert not saved.late
    assert desk.counting(attempt) == {"which": NO, "called": "a word"}


def test_the_last_received_answer_counts(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, {"which": NO}, "k1")
    desk.save(attempt, {"which": YES}, "k2", which=1)
    assert desk.counting(attempt) == {"which": YES}


def test_each_answer_is_saved_on_its_own(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, {"which": YES}, "k1")
    desk.save(attempt, {"many": {"number": "12"}}, "k2")
    assert desk.counting(attempt) == {"which": YES, "many": {"number": "12"}}


def test_the_same_key_with_the_same_content_has_one_effect_and_one_reply(desk: Desk) -> None:
    attempt = desk.start()
    first = desk.save(attempt, {"which": YES}, "k1")
    desk.save(attempt, {"which": NO}, "k2", which=1)
    assert desk.save(attempt, {"which": YES}, "k1") == first
    assert desk.counting(attempt) == {"which": NO}
    assert (count(Response), count(Save)) == (2, 2)


def test_a_repeated_save_gets_its_first_reply_even_after_the_deadline(desk: Desk) -> None:
    desk.complete_first_module()
    attempt = desk.start("timed")
    name = queries.drawn(attempt)[0].question
    first = desk.save(attempt, {name: "x"}, "k1")
    desk.at += 11 * MINUTE
    assert desk.save(attempt, {name: "x"}, "k1") == first
    assert not first.late


def test_the_same_key_with_other_content_is_a_new_save_as_after_going_back(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, {"which": YES}, "k1")
    saved = desk.save(attempt, {"which": NO}, "k1")
    assert desk.counting(attempt) == {"which": NO}
    assert saved.replaced == []


def test_going_back_to_the_first_answer_again_is_one_more_save_and_it_counts(desk: Desk) -> None:
    attempt = desk.start()
    first = desk.save(attempt, {"which": YES}, "k1")
    desk.save(attempt, {"which": NO}, "k1")
    third = desk.save(attempt, {"which": YES}, "k1")
    assert desk.counting(attempt) == {"which": YES}
    assert (list(first.made.values()), list(third.made.values()), third.replaced) == ([1], [3], [])
    assert desk.save(attempt, {"which": YES}, "k1") == third
    assert count(Response) == 3


def test_a_stale_tab_never_overwrites_a_newer_answer(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, {"which": NO}, "k1")
    desk.save(attempt, {"which": YES}, "phone", which=1)
    saved = desk.save(attempt, {"which": NO, "called": "new"}, "old-tab", which=1)
    assert desk.counting(attempt) == {"which": YES, "called": "new"}
    assert len(saved.made) == 1
    assert saved.replaced == []


def test_an_empty_field_on_a_stale_page_takes_nothing_back(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, {"called": "kept"}, "k1")
    desk.save(attempt, {"called": None}, "old-tab")
    assert desk.counting(attempt) == {"called": "kept"}


def test_a_changed_field_over_a_newer_answer_from_elsewhere_keeps_both_and_says_so(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, {"called": "phone"}, "phone")
    saved = desk.save(attempt, {"called": "desktop"}, "desktop")
    position = next(row.position for row in queries.drawn(attempt) if row.question == "called")
    assert saved.replaced == [position]
    assert [response.text for response in queries.responses(attempt)] == ["phone", "desktop"]
    assert desk.counting(attempt) == {"called": "desktop"}


def test_an_answer_can_be_taken_back(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, {"called": "x", "several": ["one"]}, "k1")
    desk.save(attempt, {"called": None, "several": None}, "k2", **desk.bases(attempt))
    assert desk.counting(attempt) == {}
    assert count(Response) == 4


def test_submitting_saves_the_form_first_then_grades(desk: Desk) -> None:
    attempt = desk.start()
    desk.submit(attempt, {"which": YES, "called": "kanari word"})
    assert desk.counting(attempt) == {"which": YES, "called": "kanari word"}
    assert attempt.grade == 428571  # 1 + 2 of 7 points
    assert (attempt.closed, attempt.why) == (desk.at, "submitted")


def test_submitting_twice_from_two_tabs_is_one_submission_with_one_result(desk: Desk) -> None:
    attempt = desk.start()
    desk.submit(attempt, {"which": YES}, "tab-1")
    graded = (attempt.grade, attempt.closed)
    desk.at += MINUTE
    saved = desk.submit(attempt, {"which": NO, "called": "kanari word"}, "tab-2")
    assert saved.late
    assert (attempt.grade, attempt.closed) == graded
    assert [event.verb for event in desk.events()].count("submitted") == 1


def test_a_switch_of_language_keeps_what_was_saved_and_each_response_names_its_language(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, {"called": "kanari word"}, "k1", language="en")
    desk.save(attempt, {"called": "kanari word", "which": YES}, "k2", language="fr", called=1)
    assert [response.language for response in queries.responses(attempt)] == ["en", "fr"]
    assert desk.counting(attempt) == {"called": "kanari word", "which": YES}


@pytest.mark.parametrize(("language", "fraction"), [("en", 1_000_000), ("fr", 0)])
def test_a_typed_answer_is_graded_by_the_key_of_its_own_language(desk: Desk, language: str, fraction: int) -> None:
    attempt = desk.start()
    desk.save(attempt, {"called": "other kanari"}, "k1", language=language)
    desk.submit(attempt)
    assert list(queries.fractions(attempt).values()) == [fraction]


def test_a_save_after_submission_is_kept_as_late_and_changes_no_grade(desk: Desk) -> None:
    attempt = desk.start()
    desk.submit(attempt, {"which": NO})
    saved = desk.save(attempt, {"which": YES}, "k2", which=1)
    assert saved.late
    assert attempt.grade == 0
    assert desk.counting(attempt) == {"which": NO}
    assert [response.late for response in queries.responses(attempt)] == [False, True]


def test_a_save_after_the_deadline_is_kept_as_late_and_closes_the_attempt_at_its_deadline(desk: Desk) -> None:
    desk.complete_first_module()
    attempt = desk.start("timed")
    name = queries.drawn(attempt)[0].question
    desk.save(attempt, {name: f"kanari {name}"}, "k1")
    desk.at = (attempt.deadline or 0) + 1
    assert desk.save(attempt, {name: "wrong"}, "k2", **{name: 1}).late
    assert (attempt.closed, attempt.why) == (attempt.deadline, "overdue")
    assert attempt.grade == 500_000


def test_a_save_at_the_deadline_itself_is_in_time(desk: Desk) -> None:
    desk.complete_first_module()
    attempt = desk.start("timed")
    name = queries.drawn(attempt)[0].question
    desk.at = attempt.deadline or 0
    assert not desk.save(attempt, {name: "x"}, "k1").late


def test_an_answer_that_arrived_in_time_counts_even_when_a_sweep_got_the_lock_first(desk: Desk) -> None:
    desk.complete_first_module()
    attempt = desk.start("timed")
    name = queries.drawn(attempt)[0].question
    arrived = attempt.deadline or 0
    desk.at = arrived + 1
    desk.sweep()
    desk.at = arrived
    assert attempt.grade == 0
    assert not desk.save(attempt, {name: f"kanari {name}"}, "k1").late
    assert attempt.grade == 500_000


def test_where_nobody_came_after_the_deadline_a_sweep_closes_at_the_deadline(desk: Desk) -> None:
    desk.complete_first_module()
    attempt = desk.start("timed")
    desk.at += 60 * MINUTE
    assert desk.sweep()
    assert (attempt.closed, attempt.why, attempt.grade) == (attempt.deadline, "overdue", 0)
    assert not desk.sweep()


def test_the_next_start_closes_an_overdue_attempt_and_begins_another(desk: Desk) -> None:
    desk.complete_first_module()
    first = desk.start("timed")
    desk.at += 60 * MINUTE
    assert desk.start("timed").number == 2
    assert (first.closed, first.why) == (first.deadline, "overdue")


def test_a_save_that_fails_has_no_effect_at_all(desk: Desk) -> None:
    attempt = desk.start()
    form = desk.form(attempt, {"which": YES, "called": "x"})
    last = max(name for name in form if name.startswith("base-"))
    with pytest.raises(Invalid):
        desk.send(attempt, form | {last: ["7"]})
    assert (count(Response), count(Save)) == (0, 0)


@pytest.mark.parametrize("key", ["", "a" * 65, "with space", "null\0", "ключ"])
def test_a_form_without_a_proper_key_is_refused(desk: Desk, key: str) -> None:
    attempt = desk.start()
    with pytest.raises(Invalid):
        desk.save(attempt, {"which": YES}, key)


@pytest.mark.parametrize("base", ["-1", "x", "", "9999999999", "1", "٣"])
def test_a_field_rendered_from_nothing_of_this_question_is_refused(desk: Desk, base: str) -> None:
    attempt = desk.start()
    desk.save(attempt, {"called": "x"}, "k1")
    form = desk.form(attempt, {"which": YES})
    name = next(name for name in form if name.startswith("base-"))
    with pytest.raises(Invalid):
        desk.send(attempt, form | {name: [base]})


def test_a_choice_that_was_not_shown_is_refused(desk: Desk) -> None:
    attempt = desk.start()
    form = desk.form(attempt, {"which": YES})
    name = next(name for name in form if name.startswith("q"))
    for sent in (["7"], ["yes"], ["0", "1"], ["-1"]):
        with pytest.raises(Invalid):
            desk.send(attempt, form | {name: sent})


def test_no_attempt_takes_another_ones_answers(enrol: Callable[[], Desk]) -> None:
    mine, theirs = enrol(), enrol()
    attempt, other = mine.start(), theirs.start()
    mine.save(attempt, {"which": YES}, "k1")
    theirs.save(other, {"which": NO}, "k1")
    assert mine.counting(attempt) == {"which": YES}
    assert theirs.counting(other) == {"which": NO}


def test_a_full_attempt_takes_no_more_but_what_it_has_is_handed_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_SAVES", 2)
    attempt = desk.start()
    first = desk.save(attempt, {"which": YES}, "k1")
    desk.save(attempt, {"which": YES}, "idle", which=1)  # without a response; its acknowledgement takes room, too
    with pytest.raises(Conflict):
        desk.save(attempt, {"called": "kanari word"}, "k2")
    assert desk.counting(attempt) == {"which": YES}
    assert desk.save(attempt, {"which": YES}, "k1") == first
    assert not desk.submit(attempt, {"called": "kanari word"}).late
    assert desk.counting(attempt) == {"which": YES, "called": "kanari word"}
    with pytest.raises(Conflict):
        desk.submit(attempt, {"called": "too late"}, "another")
