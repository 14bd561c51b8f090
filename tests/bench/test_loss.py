"""Nothing that was acknowledged is lost: each way to lose it, in its shortest form (`make bench-loss` has the long).

How races end is in tests/learning/assessment/test_races.py, going offline in tests/web/test_offline_browser.py.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.loss import backup, full, killed, postgres, power
from tests.bench.loss.disk import why_not
from tests.bench.loss.ledger import Ledger, Verdict
from tests.stores import PostgresStore

pytestmark = pytest.mark.xdist_group("loss")


@pytest.fixture
def disk(tmp_path: Path) -> None:
    if missing := why_not(tmp_path):
        pytest.skip(missing)


@pytest.fixture
def url(postgres_store: PostgresStore, tmp_path: Path) -> Iterator[str]:
    with postgres_store.database(tmp_path / "of-no-use") as url:
        yield url


def nothing_is_lost(outcome: tuple[Ledger, Verdict]) -> Ledger:
    ledger, verdict = outcome
    assert verdict.acknowledged > 10
    assert verdict.is_clean, verdict
    return ledger


def people_read_on(ledger: Ledger) -> bool:
    """Pages are served. A few may be put off where the tests' machine is so busy that they waited (web/overload.py)."""
    return set(ledger.reads) <= {200, 503} and ledger.reads[200] > 3 * ledger.reads[503]


def test_nothing_is_lost_when_processes_are_killed(tmp_path: Path) -> None:
    nothing_is_lost(killed.killed(tmp_path, kills=5))


@pytest.mark.usefixtures("disk")
def test_nothing_is_lost_when_the_power_is_cut(tmp_path: Path) -> None:
    nothing_is_lost(power.power_cut(tmp_path, cuts=1))


@pytest.mark.usefixtures("disk")
def test_the_power_cut_is_one_with_less_durability_something_is_lost(tmp_path: Path) -> None:
    _ledger, verdict = power.power_cut(tmp_path, "NORMAL", cuts=1)
    assert verdict.lost > 0


@pytest.mark.usefixtures("disk")
def test_on_a_full_disk_people_read_on_and_are_told_and_nobody_has_to_come(tmp_path: Path) -> None:
    ledger = nothing_is_lost(full.disk_full(tmp_path, seconds=1))
    assert people_read_on(ledger)
    assert ledger.statuses[503] > 0
    assert set(ledger.statuses) <= {200, 303, 503}


@pytest.mark.parametrize("error", ["EIO", pytest.param("ENOSPC", marks=pytest.mark.slow)])
def test_where_every_other_write_fails_people_read_on_and_nothing_is_lost(tmp_path: Path, error: str) -> None:
    if missing := full.why_not():
        pytest.skip(missing)
    ledger = nothing_is_lost(full.writes_fail(tmp_path, error, every=2, seconds=2))
    assert people_read_on(ledger)
    assert ledger.statuses[503] > 0


@pytest.mark.postgres
def test_nothing_is_lost_when_postgresql_is_stopped_without_warning(tmp_path: Path) -> None:
    ledger = nothing_is_lost(postgres.postgres_stopped(tmp_path, times=1, seconds=0.5))
    assert ledger.statuses[503] > 0


@pytest.mark.postgres
def test_a_backup_under_load_has_all_that_was_acknowledged_and_moves_to_postgresql(tmp_path: Path, url: str) -> None:
    nothing_is_lost(backup.backed_up(tmp_path, other_url=url))
