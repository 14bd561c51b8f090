"""Coarse limits: as many as people need, then a page that says to wait; for one asker, not for all."""

import pytest
from flask.testing import FlaskClient

from course.web import limits


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_are_let_pass_in_a_stretch_of_time_and_again_in_the_next() -> None:
    clock = Seconds()
    counts = limits.Counts(clock)
    assert [counts.may("a", 3, 60) for _ in range(5)] == [True, True, True, False, False]
    assert counts.may("b", 3, 60)
    clock.now = 60.0
    assert counts.may("a", 3, 60)


def test_the_memory_is_bounded_and_forgets_who_asked_nothing_for_longest() -> None:
    counts = limits.Counts(Seconds())
    for number in range(limits.MOST + 5):
        counts.may(str(number), 3, 60)
    assert len(counts.counted) == limits.MOST
    assert "4" not in counts.counted
    assert "5" in counts.counted


def test_searching_without_end_is_stopped_with_a_page_that_says_what_to_do(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course.catalogue.search.views.SEARCHES", limits.Limit(person=2, address=2))
    assert [client.get("/en/search?q=ilo").status_code for _ in range(3)] == [200, 200, 429]
    stopped = client.get("/en/search?q=ilo")
    assert "Wait a minute" in stopped.text
    assert "Retry-After" in stopped.headers
    assert client.get("/en/search").status_code == 200  # the empty form costs nothing
    assert client.get("/en/search?q=ilo", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200
