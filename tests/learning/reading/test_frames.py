"""Two learners who stand at the same place share the page's frame, and nothing else."""

import re
from collections.abc import Callable

import pytest

from tests.learning.reading.conftest import Learner

PAGES = ["/en/", "/en/courses/demo/", "/en/courses/demo/one/"]
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
READER = re.compile(r'data-reader="([^"]+)"')


@pytest.fixture
def two(demo: None, person: Callable[[str], Learner]) -> tuple[Learner, Learner]:
    made = person("kanari-ada"), person("kanari-bob")
    for one in made:
        one.enrol()
        one.read("one")
    return made


def shown(learner: Learner, address: str) -> str:
    learner.browser.open(address)
    return learner.browser.html


@pytest.mark.parametrize("address", PAGES)
def test_each_gets_their_own_name_token_and_reader(two: tuple[Learner, Learner], address: str) -> None:
    first, second = (shown(one, address) for one in two)
    assert ("Kanari-Ada" in first, "Kanari-Ada" in second) == (True, False)
    assert ("Kanari-Bob" in first, "Kanari-Bob" in second) == (False, True)
    for pattern in (TOKEN, READER):
        assert len(set(pattern.findall(first))) == len(set(pattern.findall(second))) == 1
        assert set(pattern.findall(first)).isdisjoint(pattern.findall(second))


def test_what_one_did_is_on_their_pages_alone(two: tuple[Learner, Learner]) -> None:
    ada, bob = two
    before = [shown(bob, address) for address in PAGES]
    ada.read("two")
    ada.take("basics")
    assert [shown(ada, address) == text for address, text in zip(PAGES, before, strict=True)] == [False] * 3
    assert [shown(bob, address) for address in PAGES] == before


def test_what_one_does_shows_at_once(two: tuple[Learner, Learner]) -> None:
    ada, bob = two
    for one in two:
        shown(one, PAGES[1])
    ada.read("two")
    bob.read("two")
    assert shown(ada, PAGES[1]).count("is-done") == shown(bob, PAGES[1]).count("is-done") > 1
    ada.leave()
    assert "Enrol" in shown(ada, PAGES[1])
    assert "Leave the course" in shown(bob, PAGES[1])


def test_who_has_completed_the_course_is_told_so(two: tuple[Learner, Learner]) -> None:
    ada, bob = two
    for one in (ada, bob):
        one.read("two", "three")
    ada.take("basics")
    assert ada.standing.completed is not None
    assert "What is left to complete the course" not in shown(ada, PAGES[1])
    assert "What is left to complete the course" in shown(bob, PAGES[1])
