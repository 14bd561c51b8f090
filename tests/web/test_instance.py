"""What an installation keeps (passwords' hashes, letters with links that let somebody in) is its owner's alone."""

import os
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from course import create_app
from course.config import Config, secret_key
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


def test_processes_that_start_together_for_the_first_time_make_one_key(tmp_path: Path) -> None:
    for number in range(20):
        config, ready = Config(instance=tmp_path / str(number)), threading.Barrier(8)

        def read(config: Config = config, ready: threading.Barrier = ready) -> str:
            ready.wait(20)
            return secret_key(config)

        with ThreadPoolExecutor(8) as threads:
            found = {reading.result() for reading in [threads.submit(read) for _ in range(8)]}
        assert len(found) == 1
        assert len(found.pop()) > 40
        assert [path.name for path in config.instance.iterdir()] == ["secret-key"]
        assert modes(config.instance / "secret-key") == 0o600
