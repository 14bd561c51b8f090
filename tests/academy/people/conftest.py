"""An installation with the tiny course, its admin, and a few people."""

import pytest
from flask import Flask

from course.catalogue.folder import publish_folder
from tests.conftest import PACKS
from tests.web.visit import Visit, add


@pytest.fixture
def tiny(app: Flask) -> Flask:
    with app.app_context():
        assert not [outcome for outcome in publish_folder(PACKS / "tiny") if outcome.refused]
    return app


@pytest.fixture
def root(tiny: Flask) -> Visit:
    """The admin, signed in."""
    add(tiny, "root@example.org", role="admin", name="Root")
    visit = Visit(tiny)
    visit.sign_in("root@example.org")
    return visit
