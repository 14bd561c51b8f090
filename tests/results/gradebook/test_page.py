"""The gradebook's page: everybody in the course, found by name, a page at a time, with the grades of their own page."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from course.catalogue import queries as courses
from course.db import transaction
from course.learning.reading import actions as reading
from course.people.actions import add_person
from course.results.gradebook.queries import PAGE
from tests.results.figures.conftest import Live, Visitors, demo, live, visitors

__all__ = ["demo", "live", "visitors"]
BOOK = "/en/courses/demo/results/learners/"
Enrol = Callable[..., int]


def names(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+"><bdi>([^<]+)</bdi>', html)


@pytest.fixture
def enrolled(demo: Flask) -> Enrol:
    """A learner who enrolled and did nothing."""

    def make(name: str, username: str) -> int:
        with transaction():
            person = add_person(username, None, name=name, confirmed=True).person_id
            reading.enrol(person, courses.published("demo"), 1_767_225_600_000_000)
        return person

    return make


def test_it_shows_the_grades_of_each_learner(live: Live, visitors: Visitors) -> None:
    person = live(2)
    visit = visitors("trainer")
    html = visit.get(BOOK).text
    assert names(html) == ["Learner 2"]
    own = visit.get(f"{BOOK}{person}/").text
    cells = re.findall(r'<td class="number">(?:<span[^>]*>)?(\d+%)', html.partition("<tbody>")[2])
    grades = re.findall(r'<td class="number">(\d+%)</td>', own)
    assert grades
    assert set(grades) <= set(cells)


def test_learners_are_found_by_name_with_or_without_accents_and_capitals(enrolled: Enrol, visitors: Visitors) -> None:
    for number, name in enumerate(("Élodie", "Zoë", "ÉLOI", "100 % Ana")):
        enrolled(name, f"learner{number}")
    visit = visitors("trainer")
    assert names(visit.get(BOOK + "?name=elo&sort=oldest").text) == ["Élodie", "ÉLOI"]
    assert names(visit.get(BOOK + "?name=%25").text) == ["100 % Ana"]
    assert "No learner fits" in visit.get(BOOK + "?name=nobody").text


@pytest.mark.parametrize("sort", ["name", "newest", "oldest"])
def test_pages_follow_one_another_without_a_gap(enrolled: Enrol, visitors: Visitors, sort: str) -> None:
    for number in range(PAGE + 3):
        enrolled(f"Ana {number % 7:02}", f"learner{number}")
    visit = visitors("trainer")
    first = visit.get(f"{BOOK}?sort={sort}").text
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward
    people = [
        re.findall(r"results/learners/(\d+)/", page)
        for page in (first, visit.get(onward[1].replace("&amp;", "&")).text)
    ]
    assert [len(page) for page in people] == [PAGE, 3]
    assert len({one for page in people for one in page}) == PAGE + 3


def test_a_nonsensical_place_shows_the_beginning(enrolled: Enrol, visitors: Visitors) -> None:
    enrolled("Ana", "learner1")
    assert names(visitors("trainer").get(BOOK + "?after=x&sort=x").text) == ["Ana"]
