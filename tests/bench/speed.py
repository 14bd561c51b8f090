"""`make bench`: how fast this installation is on this machine, side by side with what the machine itself can do.

Each row alternates with what it is compared with, three times, and the ratio is the median of the three
pairs, because absolute figures move. `BENCH_SECONDS` is the length of a measurement (default 5).
"""

import os
import statistics
import sys

from tests.bench import raw, rows
from tests.bench.client import Sample, measure
from tests.bench.prepare import Bench, new

PAIRS = 3


def main() -> int:
    seconds = float(os.environ.get("BENCH_SECONDS", "5"))
    url = os.environ.get("BENCH_DATABASE_URL", "")
    bench = new(url)
    try:
        bench.start()
        print(f"{'what':32}{'a second':>20}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>8}{'spread':>16}{'at least':>10}")
        ratios = {row.name: _measure_row(bench, row, seconds / PAIRS) for row in rows.ROWS}
    finally:
        bench.close()
    print()
    for name, ratio in ratios.items():
        print(f"{name} {ratio:.3f}")
    return 0


def _measure_row(bench: Bench, row: rows.Row, seconds: float) -> float:
    samples, ratios = [], []
    for _ in range(PAIRS):
        base = _base(bench, row.against, seconds / 2)
        sample = measure(bench.config.port, rows.CONNECTIONS, seconds, lambda: row.requests(bench))
        bench.saves += 1_000_000
        samples.append(sample)
        ratios.append(sample.rate / base.rate)
    _print(row, samples, ratios)
    return statistics.median(ratios)


def _base(bench: Bench, against: str, seconds: float) -> Sample:
    if against == "commit":
        return raw.commits(bench.config, seconds)
    if against == "hash":
        return raw.hashes(bench.config, seconds)
    return measure(bench.config.port, rows.CONNECTIONS, seconds, lambda: rows.hello(bench))


def _print(row: rows.Row, samples: list[Sample], ratios: list[float]) -> None:
    middle = sorted(samples, key=lambda sample: sample.rate)[len(samples) // 2]
    rates = sorted(sample.rate for sample in samples)
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    rate = f"{middle.rate:,.0f} ({rates[0]:,.0f}-{rates[-1]:,.0f})"
    wanted = f"{row.at_least:.2f}" if row.at_least else ""
    print(
        f"{row.title:32}{rate:>20}{middle.percentile(0.5):>9.2f}{middle.percentile(0.99):>9.2f}"
        f"{statistics.median(ratios):>8.3f}{spread:>16}{wanted:>10}",
        flush=True,
    )
    bad = {status: number for sample in samples for status, number in sample.statuses.items() if status >= 400}
    if bad:
        print(f"  {row.name}: replies that are no success: {bad}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
