"""A key is corrected by a publication: what that would change, and changing it without overwriting anything."""

from collections.abc import Callable

import pytest

from course.catalogue import actions as catalogue
from course.db import transaction
from course.errors import Invalid, NotAllowed
from course.learning.assessment import queries as assessment
from course.learning.assessment.actions import recompute
from course.learning.assessment.marking import queries, regrading
from course.learning.assessment.marking.regrading import Left
from course.learning.reading import rules as reading
from course.quiz import SCORING_VERSION
from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.marking.conftest import Marker
from tests.learning.assessment.pack import packed
from tests.learning.assessment.test_types import course, right

KIND = "| Members | from inside |\n| A lender | from outside |"
OTHER_KIND = "| Members | from outside |\n| A lender | from inside |"


def publish(**changes: str) -> None:
    files = {path: body.decode() for path, body in course().files.items()}
    for find, put in changes.items():
        assert any(find in text for text in files.values()), find
        files = {path: text.replace(find, put) for path, text in files.items()}
    with transaction():
        catalogue.publish(packed(files), by=None, note="", origin="files")


def handed_in(desk: Desk) -> None:
    attempt = desk.start()
    desk.submit(attempt, right(attempt))


def outcome(desk: Desk) -> regrading.Outcome:
    (found,) = regrading.of_quiz(desk.published.item("quiz", "basics"), desk.published, 0, 10)
    assert found == regrading.of_attempt(desk.attempt(), desk.published)
    return found


def markings(desk: Desk, question: str) -> list[tuple[int, int | None, str]]:
    names = {row.id: row.question for row in assessment.drawn(desk.attempt())}
    found = queries.of_attempt(desk.attempt())
    return [(m.fraction, m.by, m.reason) for key, all_of in found.items() if names[key] == question for m in all_of]


def test_a_publication_that_changes_no_key_changes_no_mark(desk: Desk, tom: Marker) -> None:
    handed_in(desk)
    publish(**{"## Match them": "## Match these"})
    assert outcome(desk).changes == outcome(desk).left == ()
    assert tom.regrade(desk) == 0


def test_the_dry_run_says_what_changes_and_changes_nothing(desk: Desk) -> None:
    handed_in(desk)
    publish(**{KIND: OTHER_KIND})
    found = outcome(desk)
    assert [(change.question, change.before, change.after) for change in found.changes] == [("match", 1_000_000, 0)]
    assert (found.before, found.after, found.passes) == (600_000, 400_000, (True, False))
    assert desk.attempt().grade == 600_000


def test_applying_it_appends_with_who_why_and_by_which_key(desk: Desk, tom: Marker) -> None:
    handed_in(desk)
    publish(**{KIND: OTHER_KIND})
    assert tom.regrade(desk, " The two kinds were interchanged. ") == 1
    assert markings(desk, "match") == [
        (1_000_000, None, ""),
        (0, tom.person, "The two kinds were interchanged."),
    ]
    last = next(found[-1] for found in queries.of_attempt(desk.attempt()).values() if len(found) > 1)
    assert (last.revision_id, last.version) == (desk.published.revision_id, SCORING_VERSION)
    assert desk.attempt().grade == recompute(desk.attempt()) == 400_000


def test_doing_it_twice_is_doing_it_once_and_it_can_be_taken_back_by_another(desk: Desk, tom: Marker) -> None:
    handed_in(desk)
    publish(**{KIND: OTHER_KIND})
    assert (tom.regrade(desk), tom.regrade(desk)) == (1, 0)
    publish(**{"## Why?": "## Why so?"})
    assert tom.regrade(desk, "The old key was right.") == 1
    assert [one[0] for one in markings(desk, "match")] == [1_000_000, 0, 1_000_000]
    assert desk.attempt().grade == 600_000


def test_a_completion_that_was_earned_is_never_taken_back(desk: Desk, tom: Marker) -> None:
    handed_in(desk)
    publish(**{KIND: OTHER_KIND})
    tom.regrade(desk)
    assert desk.published.item("quiz", "basics") in reading.read_done(desk.enrolment.done_items)


def test_who_reaches_the_pass_mark_by_it_has_the_quiz_completed_at_that_moment(desk: Desk, tom: Marker) -> None:
    attempt = desk.start()
    desk.submit(attempt, {**right(attempt), "gaps": "a: other\nb: 2"})
    assert desk.published.item("quiz", "basics") not in reading.read_done(desk.enrolment.done_items)
    publish(**{"[[a: kanari]]": "[[a: kanari | other]]"})
    assert outcome(desk).passes == (False, True)
    tom.at += 5
    tom.regrade(desk)
    assert desk.published.item("quiz", "basics") in reading.read_done(desk.enrolment.done_items)
    assert desk.events()[-1].at == tom.at


def test_answers_whose_question_is_gone_or_asks_for_something_else_are_left_and_listed(desk: Desk, tom: Marker) -> None:
    handed_in(desk)
    files = {path: body.decode() for path, body in course().files.items()}
    for path in [path for path in files if "1-basics" in path]:
        head, _, rest = files[path].partition("## Put them in order" if ".en." in path else "## Ordonnez")
        files[path] = head + "##" + rest.partition("\n##")[2]
        files[path] = files[path].replace("| A lender | outside |\n", "| A lender | nearby |\n")
        files[path] = files[path].replace("| Un prêteur | extérieur |\n", "| Un prêteur | voisin |\n")
        files[path] = files[path].replace("| Surplus | inside |", "| Surplus | inside |\n| Aid | outside |")
        files[path] = files[path].replace("| Excédent | intérieur |", "| Excédent | intérieur |\n| Aide | extérieur |")
    files["lessons/demo/course.yaml"] += "retired: [basics/phases]\n"
    with transaction():
        catalogue.publish(packed(files), by=None, note="", origin="files")
    found = outcome(desk)
    assert found.changes == ()
    assert {(left.question, left.why) for left in found.left} == {("phases", "gone"), ("kinds", "changed")}
    assert all(isinstance(left, Left) for left in found.left)
    assert tom.regrade(desk) == 0
    assert desk.attempt().grade == 600_000


def test_a_typed_answer_meets_the_corrected_key_of_its_own_language(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, {"gaps": "a: autre\nb: 2"}, "k", language="fr")
    desk.submit(attempt)
    publish(**{"[[a: kanari]]": "[[a: kanari | autre]]"})
    assert outcome(desk).changes == ()
    publish(**{"[[a: kanari-fr]]": "[[a: kanari-fr | autre]]"})
    assert [(change.question, change.after) for change in outcome(desk).changes] == [("gaps", 1_000_000)]


def test_what_a_person_marked_is_no_regrade_s_business(desk: Desk, tom: Marker) -> None:
    attempt = desk.start()
    desk.submit(attempt, {**right(attempt), "why": "Because."})
    tom.mark(desk, level=2)
    publish(**{KIND: OTHER_KIND, "| Reason | none": "| Ground | none", "| Raison | aucune": "| Motif | aucun"})
    tom.regrade(desk)
    assert [one[0] for one in markings(desk, "why")] == [500_000]
    assert desk.attempt().grade == 600_000


def test_points_stay_as_they_were_when_the_attempt_was_drawn(desk: Desk, tom: Marker) -> None:
    handed_in(desk)
    publish(**{KIND: OTHER_KIND, "type=match points=2": "type=match points=7"})
    tom.regrade(desk)
    assert desk.attempt().grade == 400_000


def test_nobody_regrades_an_attempt_of_their_own_and_nobody_without_a_reason(desk: Desk, tom: Marker) -> None:
    handed_in(desk)
    publish(**{KIND: OTHER_KIND})
    with pytest.raises(NotAllowed):
        Marker(desk.person).regrade(desk)
    with pytest.raises(Invalid):
        tom.regrade(desk, "  ")
    assert desk.attempt().grade == 600_000


def test_an_open_attempt_is_left_alone_and_counted(desk: Desk, tom: Marker) -> None:
    desk.save(desk.start(), {"match": {"1": "1", "2": "2"}}, "k")
    publish(**{KIND: OTHER_KIND})
    assert tom.regrade(desk) == 0
    item = desk.published.item("quiz", "basics")
    assert regrading.of_quiz(item, desk.published, 0, 10) == []
    assert (regrading.count(item), regrading.under_way(item, desk.published)) == (0, 1)


def test_attempts_come_in_pages(enrol: Callable[[], Desk]) -> None:
    desks = [enrol() for _ in range(3)]
    for desk in desks:
        handed_in(desk)
    item = desks[0].published.item("quiz", "basics")
    first = regrading.of_quiz(item, desks[0].published, 0, 2)
    rest = regrading.of_quiz(item, desks[0].published, first[-1].attempt, 2)
    assert [one.person for one in (*first, *rest)] == [desk.person for desk in desks]
