"""SIGKILL, at random moments: to one process of the server, or to all of it at once."""

import random
import time
from pathlib import Path

from tests.bench.loss.ledger import Clients, Ledger, Verdict, compare
from tests.bench.loss.site import Site

MOST_BETWEEN = 12
"""Saves acknowledged between one kill and the next, at most."""


def killed(folder: Path, url: str = "", kills: int = 40) -> tuple[Ledger, Verdict]:
    """Every fifth kill takes the whole server, which is then started again; the others a process that it replaces."""
    with Site(folder, url) as site:
        with Clients(site) as ledger:
            for number in range(1, kills + 1):
                ledger.wait_for(random.randint(1, MOST_BETWEEN))
                time.sleep(random.uniform(0, 0.02))
                if number % 5:
                    site.kill_one()
                else:
                    site.kill_everything()
                    site.server.start()
        return ledger, compare(site, ledger)
