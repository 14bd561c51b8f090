"""A backup is taken while learners answer, and put back elsewhere, on either database."""

from pathlib import Path

from course.db import db
from tests.bench.loss.ledger import Clients, Ledger, Verdict, compare
from tests.bench.loss.site import Site


def backed_up(folder: Path, url: str = "", other_url: str = "") -> tuple[Ledger, Verdict]:
    """What was acknowledged before the backup began is in it. What is put back goes on: learners answer there."""
    here, there = folder / "here", folder / "there"
    for place in (here, there):
        place.mkdir()
    before = Ledger()
    with Site(here, url) as site:
        with Clients(site) as ledger:
            ledger.wait_for(30)
            before.entries.update(ledger.entries)
            before.submitted |= ledger.submitted
            site.server.command("backup", str(folder / "backup.sqlite"))
            ledger.wait_for(5)
        verdict = compare(site, ledger)
    other = Site(there, other_url, learners=0)
    other.learners = site.learners
    other.server.command("restore", "--replace", str(folder / "backup.sqlite"))
    found = compare(other, before)
    with other.application().app_context():
        db.engine.dispose()
    return before, Verdict(
        found.acknowledged, found.lost + verdict.lost, found.doubled + verdict.doubled, found.wrong + verdict.wrong
    )
