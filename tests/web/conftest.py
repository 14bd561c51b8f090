"""An installation with the tiny pack published."""

import pytest
from flask import Flask

from course.catalogue.folder import publish_folder
from tests.conftest import PACKS


@pytest.fixture
def tiny(app: Flask) -> Flask:
    """The application with the course `tiny` published."""
    with app.app_context():
        refused = [outcome for outcome in publish_folder(PACKS / "tiny") if outcome.refused]
        assert not refused
    return app
