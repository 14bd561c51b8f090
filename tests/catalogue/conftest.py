"""Publishing, as tests do it: one transaction, on either store."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from course.catalogue import actions
from course.catalogue.models import Publication
from course.content.pack import Pack
from course.db import db as database
from course.db import transaction
from tests.catalogue.draft import Draft

Publish = Callable[[Draft | Pack], int | None]


@pytest.fixture
def publish(app: Flask) -> Iterator[Publish]:
    """Publishes a draft or a pack; its publication's number, None where nothing was new."""

    def make(source: Draft | Pack) -> int | None:
        with transaction():
            made: Publication | None = actions.publish(
                source.pack() if isinstance(source, Draft) else source, by=None, note="", origin="files"
            )
            return made.number if made else None

    with app.app_context():
        yield make
        database.session.remove()
