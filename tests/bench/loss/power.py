"""The power is cut while learners answer; then the machine comes back."""

import random
import time
from pathlib import Path

from tests.bench.loss.disk import Disk
from tests.bench.loss.ledger import Clients, Ledger, Verdict, compare
from tests.bench.loss.site import Site

MOST_BETWEEN = 40


def power_cut(folder: Path, synchronous: str = "FULL", cuts: int = 5) -> tuple[Ledger, Verdict]:
    """With `synchronous=NORMAL` something has to be lost, or the test sees nothing: that is its control."""
    ledger = Ledger()
    with Disk(folder) as disk:
        site = Site(disk.place, COURSE_SYNCHRONOUS=synchronous)
        for _ in range(cuts):
            with site:
                clients = Clients(site, ledger)
                for thread in clients.threads:
                    thread.start()
                ledger.wait_for(random.randint(10, MOST_BETWEEN))
                time.sleep(random.uniform(0, 0.02))
                disk.cut_power()
                site.kill_everything()
                clients.give_up()
            disk.power_on()
        return ledger, compare(site, ledger)
