"""`python -m tests.bench.loss`: all the ways to lose something, one after the other, and what was lost.

`BENCH_LOSS_ROUNDS` (default 1) makes it longer: about two minutes a round on an idle machine of two cores.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.loss import backup, full, killed, overload, postgres, power
from tests.bench.loss.disk import why_not as no_disk
from tests.bench.loss.ledger import Ledger, Verdict

Deed = Callable[[Path], tuple[Ledger, Verdict]]
ROUNDS = int(os.environ.get("BENCH_LOSS_ROUNDS", "1"))


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())  # asked for by the wheel that brings PostgreSQL
        disk = no_disk(Path(folder))
    print(f"{'what is done':40}{'saves':>8}{'lost':>6}{'twice':>7}{'else':>6}{'refused':>9}{'again':>7}{'longest':>9}")
    clean = all([
        told("processes killed (SQLite)", lambda f: killed.killed(f, kills=20 * ROUNDS)),
        told("processes killed (PostgreSQL)", lambda f: on_postgres(f, 10 * ROUNDS)),
        told("power cut", lambda f: power.power_cut(f, cuts=5 * ROUNDS), disk),
        told("power cut, control: NORMAL loses", lambda f: power.power_cut(f, "NORMAL", 3 * ROUNDS), disk, True),
        told("disk full", lambda f: full.disk_full(f, 3 * ROUNDS), disk),
        *(
            told(f"every {every}. write fails with {error}", writes(error, every), full.why_not())
            for error in ("EIO", "ENOSPC")
            for every in (1, 2, 3, 5, 7, 11)
        ),
        told("PostgreSQL stopped immediately", lambda f: postgres.postgres_stopped(f, 3 * ROUNDS, 2)),
        told("backup taken and put back", backup.backed_up),
    ])  # fmt: skip
    return 0 if overload.main(5 * ROUNDS) and clean else 1


def on_postgres(folder: Path, kills: int) -> tuple[Ledger, Verdict]:
    with postgres.running() as running:
        return killed.killed(folder, running.url, kills)


def writes(error: str, every: int) -> Deed:
    return lambda folder: full.writes_fail(folder, error, every, 3 * ROUNDS)


def told(what: str, deed: Deed, why_not: str = "", loses: bool = False) -> bool:
    """Do it in a folder of its own and print a line. Whether it went as it should (`loses`: something must be lost)."""
    if why_not:
        print(f"{what:40}not here: {why_not}", flush=True)
        return True
    with tempfile.TemporaryDirectory(prefix="course-loss-") as folder:
        begun = time.monotonic()
        ledger, verdict = deed(Path(folder))
    refused = sum(number for status, number in ledger.statuses.items() if status not in {200, 303})
    print(
        f"{what:40}{verdict.acknowledged:>8}{verdict.lost:>6}{verdict.doubled:>7}{len(verdict.wrong):>6}"
        f"{refused:>9}{ledger.repeated:>7}{ledger.slowest:>7.1f} s   reads {dict(ledger.reads)}, "
        f"saves {dict(ledger.statuses)}, {time.monotonic() - begun:.0f} s",
        flush=True,
    )
    for sentence in verdict.wrong[:5]:
        print(f"    {sentence[:200]}")
    return verdict.lost > 0 if loses else verdict.is_clean


if __name__ == "__main__":
    sys.exit(main())
