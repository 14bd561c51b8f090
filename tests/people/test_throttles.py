"""What can be guessed is counted in the database, each try once, however many come at the same moment."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask

from course.db import db, transaction
from course.people import throttles
from course.people.rules import MINUTE, Limit

LIMIT = Limit(tries=8, window=60 * MINUTE, rest=15 * MINUTE)
START = 1_767_225_600_000_000


def at_once(app: Flask, number: int, deed: Callable[[], bool]) -> list[bool]:
    """The deed `number` times at the same moment, each in a transaction and with a connection of its own."""
    ready, found = threading.Barrier(number), []

    def run() -> None:
        with app.app_context():
            ready.wait(20)
            with transaction():
                outcome = deed()
            found.append(outcome)
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_tries_at_the_same_moment_are_each_counted(app: Flask) -> None:
    for round_ in range(6):
        outcomes = at_once(app, 4, lambda key=f"kind:{round_}": throttles.count(key, LIMIT))  # type: ignore[misc]
        outcomes += at_once(app, 4, lambda key=f"kind:{round_}": throttles.count(key, LIMIT))  # type: ignore[misc]
        assert sorted(outcomes) == [False] * 7 + [True]


def test_no_more_are_let_through_at_the_same_moment_than_one_after_the_other(app: Flask) -> None:
    for round_ in range(6):
        outcomes = [
            outcome
            for _ in range(3)
            for outcome in at_once(app, 4, lambda key=f"letter:{round_}": throttles.may(key, LIMIT))  # type: ignore[misc]
        ]
        assert sorted(outcomes) == [False] * 4 + [True] * 8


@pytest.mark.usefixtures("db")
def test_a_try_while_it_rests_is_refused_and_does_not_prolong_the_rest(at: Callable[[int], None]) -> None:
    at(START)
    for _ in range(LIMIT.tries):
        throttles.count("kind:a", LIMIT)
    at(START + 14 * MINUTE)
    assert throttles.count("kind:a", LIMIT)
    assert not throttles.may("kind:a", LIMIT)
    at(START + 15 * MINUTE)
    assert throttles.may("kind:a", LIMIT)
    assert not throttles.count("kind:a", LIMIT)
