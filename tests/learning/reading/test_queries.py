"""The hot pages ask the database at most twice: who is looking, and where they stand."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from course.db import db as database
from tests.learning.assessment.pages import Browser
from tests.learning.reading.conftest import Learner

HOT = ["/en/", "/en/courses/demo/", "/en/courses/demo/one/", "/fr/courses/demo/two/"]


@contextmanager
def counted() -> Iterator[list[str]]:
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)


@pytest.mark.parametrize("address", HOT)
def test_a_learners_hot_page_asks_at_most_twice(ada: Learner, address: str) -> None:
    ada.enrol()
    ada.read("one")
    ada.take("basics")
    ada.browser.open(address)  # prepares what does not depend on the learner
    with counted() as asked:
        assert ada.browser.open(address).status_code == 200
    asked = [statement for statement in asked if not statement.startswith("BEGIN")]
    assert len(asked) <= 2, "\n".join(asked)


@pytest.mark.parametrize("address", HOT)
def test_a_visitors_hot_page_asks_once(demo: None, visitor: Browser, address: str) -> None:
    visitor.open(address)
    with counted() as asked:
        assert visitor.open(address).status_code == 200
    asked = [statement for statement in asked if not statement.startswith("BEGIN")]
    assert len(asked) <= 1, "\n".join(asked)
