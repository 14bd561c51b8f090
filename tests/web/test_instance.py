"""What an installation keeps (passwords' hashes, letters with links that let somebody in) is its owner's alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from course import create_app
from course.config import Config
from course.db import db, transaction
from course.people import outbox
from course.people.delivery import deliver_due
from course.serve import migrate


@pytest.fixture
def careless() -> Iterator[None]:
    """A shell in which new files may be read, and written, by everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_no_other_user_of_the_machine_reads_what_is_kept(tmp_path: Path, careless: None) -> None:
    config = Config(instance=tmp_path / "instance")
    app = create_app(config)
    migrate(app)
    with app.app_context():
        with transaction():
            outbox.post("ada@example.org", outbox.Letter("subject", "a link"))
        assert deliver_due(config) == 1
        db.session.remove()
        db.engine.dispose()
    assert modes(config.instance) == modes(config.instance / "outbox") == 0o700
    assert modes(config.instance / "secret-key") == 0o600
    assert [modes(letter) for letter in (config.instance / "outbox").iterdir()] == [0o600]


def modes(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
