"""Attempts with questions of several parts, with ones that a person marks, and with ones that nobody marks."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from course.catalogue import actions as catalogue
from course.content.pack import Pack
from course.db import db as database
from course.db import transaction
from course.learning.assessment import actions, queries
from course.learning.assessment.marking import actions as marking
from course.learning.assessment.models import Attempt, Marking
from course.quiz import key
from tests.learning.assessment.conftest import NOON, Desk
from tests.learning.assessment.pack import packed, sources
from tests.learning.assessment.pages import Browser

QUIZ = {
    "en": """\
---
id: basics
title: Basics
pass: 60%
attempts: 1
release: {during: [], submitted: [marks, correctness, feedback, key], closed: []}
---

## Complete it {#gaps points=2}

Aims are [[a: kanari]] and [[b: ( ) private | (x) social]].

## Match them {#match type=match points=2}

| Source | Kind |
|---|---|
| Members | from inside |
| A lender | from outside |
| | from nowhere |

## Put them in order {#phases type=order}

1. Before
2. During
3. After

## Which kind? {#kinds type=categorise}

| Source | Kind |
|---|---|
| Members | inside |
| A lender | outside |
| Surplus | inside |

## Why? {#why type=written}

| Criterion | 0 | 2 | 4 |
|---|---|---|---|
| Reason | none | one | one with evidence |

## How well? {#well type=scale}

- 1: badly
- 5: well
""",
    "fr": """\
---
id: basics
title: Bases
---

## Complétez {#gaps}

Les buts sont [[b: ( ) privés | (x) sociaux]] et [[a: kanari-fr]].

## Associez {#match type=match}

| Source | Genre |
|---|---|
| Membres | de l'intérieur |
| Un prêteur | de l'extérieur |
| | de nulle part |

## Ordonnez {#phases type=order}

1. Avant
2. Pendant
3. Après

## Quel genre ? {#kinds type=categorise}

| Source | Genre |
|---|---|
| Membres | intérieur |
| Un prêteur | extérieur |
| Excédent | intérieur |

## Pourquoi ? {#why type=written}

| Critère | 0 | 2 | 4 |
|---|---|---|---|
| Raison | aucune | une | une, documentée |

## À quel point ? {#well type=scale}

- 1: mal
- 5: bien
""",
}
HALF = {
    "gaps": "a: kanari\nb: 1",
    "match": {"1": "1", "2": "3"},
    "phases": {"1": 1, "2": 3},
    "kinds": {"1": "1", "3": "2"},
    "why": "Because.\n\nIt is so.",
    "well": ["5"],
}


def course() -> Pack:
    return packed(sources() | {f"quizzes/demo/1-basics.{language}.md": text for language, text in QUIZ.items()})


@pytest.fixture
def demo(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        with transaction():
            catalogue.publish(course(), by=None, note="", origin="files")
        yield app
        database.session.remove()


def right(attempt: Attempt) -> dict[str, object]:
    keys = {one.question.id: key(one.question) for one in queries.shown(attempt, "en")}
    return {name: value for name, value in keys.items() if value is not None}


def test_every_part_of_an_answer_is_kept_and_graded(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, HALF, "a")
    assert desk.counting(attempt) == HALF
    desk.submit(attempt)
    grade = desk.attempt().grade
    # 1/2 of 2, 1/2 of 2, 1/3 of 1, 1/3 of 1, and 0 of 4 as long as nobody has marked it; the scale has no points.
    assert grade == round(1_000_000 * (1 + 1 + 1 / 3 + 1 / 3) / 10)


def test_the_key_of_all_that_the_engine_marks_leaves_only_what_waits(desk: Desk) -> None:
    attempt = desk.start()
    desk.submit(attempt, {**right(attempt), "why": "Because."})
    assert desk.attempt().grade == 600_000


def test_an_answer_that_waits_is_marked_by_a_person_only(desk: Desk, enrol: Callable[[], Desk]) -> None:
    attempt = desk.start()
    desk.submit(attempt, HALF)
    marked = queries.marked(desk.attempt())
    waiting = next(row.id for row in queries.drawn(attempt) if row.question == "why")
    response = next(one for one in queries.responses(attempt) if one.attempt_question_id == waiting)
    assert len(marked) == 5
    assert response.id not in marked
    with transaction():
        found = Marking(response_id=response.id, fraction=500_000, by=desk.person, version="1", reason="", at=NOON)
        database.session.add(found)
    with transaction():
        marking.regrade(desk.attempt(), desk.published, enrol().person, "to be sure", NOON)
    assert queries.marked(desk.attempt())[response.id] == 500_000
    assert actions.recompute(desk.attempt()) == round(1_000_000 * (1 + 1 + 1 / 3 + 1 / 3 + 2) / 10)
    assert len(database.session.scalars(select(Marking).where(Marking.response_id == response.id)).all()) == 1


def test_the_result_says_how_many_answers_wait(desk: Desk, browser: Browser) -> None:
    attempt = desk.start()
    desk.submit(attempt, HALF)
    browser.open("/en/courses/demo/quizzes/basics/attempts/1/result")
    assert "1 answer waits for marking. You will see your grade here once it is marked" in browser.html
    assert "not passed" not in browser.html
    assert browser.html.count("Waits for marking") == 1
    assert "Because.\n\nIt is so." in browser.html


def test_switching_the_language_keeps_every_entry(desk: Desk, browser: Browser) -> None:
    attempt = desk.start()
    desk.save(attempt, HALF, "a")
    before = desk.bases(attempt)
    page = browser.open("/fr/courses/demo/quizzes/basics/attempts/1/")
    assert page.status_code == 200
    # The French page sends back what it shows: nothing of it is new, and nothing is lost.
    form = {}
    for one in queries.shown(attempt, "fr"):
        form[f"base-{one.drawn.position}"] = [str(before[one.question.id])]
        value = desk.counting(attempt)[one.question.id]
        form |= _fields(browser.html, one.field)
        assert one.read(form) == value
    assert desk.send(attempt, form, "b", "fr").made == {}
    assert desk.counting(attempt) == HALF


def test_a_gap_that_is_typed_in_another_language_is_graded_by_its_key(desk: Desk) -> None:
    attempt = desk.start()
    with transaction():
        actions.save(attempt, desk.form(attempt, {"gaps": "a: kanari-fr\nb: 2"}, "fr"), desk.at, "fr", "a")
    desk.submit(attempt)
    assert desk.attempt().grade == 200_000


def _fields(html: str, field: str) -> dict[str, list[str]]:
    """What a browser would send of one question's fields."""
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(rf'<input class="gap-field"[^>]* name="({field}[-0-9]*)" value="([^"]*)"', html):
        sent[name] = [value]
    for name, inside in re.findall(rf'<select[^>]* name="({field}[-0-9]*)".*?>(.*?)</select>', html, re.DOTALL):
        sent[name] = re.findall(r'value="([^"]*)" selected', inside) or [""]
    for name, value in re.findall(rf'type="radio"[^>]* name="({field}[-0-9]*)" value="([^"]*)" checked', html):
        sent[name] = [value]
    for name, text in re.findall(rf'<textarea[^>]* name="({field})"[^>]*>\n(.*?)</textarea>', html, re.DOTALL):
        sent[name] = [text]
    return sent
