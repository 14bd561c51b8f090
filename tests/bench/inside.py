"""`python -m tests.bench.inside [ROW...]`: the processor time of requests inside one process, without a server.

For work on the hot path: on a shared machine rates wander; the quickest tenth of the calls, side by side with the bare
hello, hardly does. With names of rows, only those; of one, its profile instead of the table.
"""

import cProfile
import io
import os
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

from tests.bench import rows
from tests.bench.client import Requests
from tests.bench.prepare import new
from tests.bench.server import hello

Call = Callable[[], int]
ROUNDS, CALLS = 9, 200


def main() -> int:
    bench = new(os.environ.get("BENCH_DATABASE_URL", ""))
    try:
        chosen = [row for row in rows.ROWS if row.name in sys.argv[1:] or (len(sys.argv) == 1 and again(row))]
        calls = {row.name: caller(bench.app, row.requests(bench)) for row in chosen}
        if len(calls) == 1:
            profile(*calls.values())
        else:
            table({"hello": caller(hello(), rows.hello(bench))} | calls)
    finally:
        bench.close()
    return 0


def again(row: rows.Row) -> bool:
    """Whether a row's request can be made as often as one likes, and is more than a password's hash."""
    return row.against != "hash" and row.requests is not rows.submitting


def caller(app: Flask, requests: Requests) -> Call:
    """Calls the application with the next request of a connection, reads all, and gives the status."""
    turn = 0
    environs = [environ(app, requests(number % rows.CONNECTIONS, number // rows.CONNECTIONS)) for number in range(1024)]

    def call() -> int:
        nonlocal turn
        chosen, status = environs[turn % len(environs)].copy(), [0]
        chosen["wsgi.input"] = io.BytesIO(chosen.pop("body"))
        turn += 1

        def start(line: str, _headers: object, _error: object = None) -> None:
            status[0] = int(line[:3])

        for _part in (body := app(chosen, start)):  # type: ignore[arg-type,var-annotated]
            pass
        if hasattr(body, "close"):
            body.close()
        return status[0]

    return call


def environ(app: Flask, request: bytes) -> dict[str, Any]:
    """What a server makes of a request; its body stands beside it, because each call needs a new stream."""
    head, body = request.split(b"\r\n\r\n", 1)
    first, *lines = head.decode().split("\r\n")
    method, path, _version = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    host = headers.pop("Host")
    made = EnvironBuilder(path, f"http://{host}", method=method, headers=headers, data=body).get_environ()
    return made | {"body": body, "wsgi.errors": sys.stderr}


def table(calls: dict[str, Call]) -> None:
    """Rounds of each in turn. The tenth percentile counts: calls that other programs disturbed least."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    with silence():
        for _ in range(ROUNDS):
            for name, call in calls.items():
                times[name] += [timed(name, call) for _ in range(CALLS)]
    quick = {name: statistics.quantiles(found, n=10)[0] for name, found in times.items()}
    for name, microseconds in quick.items():
        print(f"{name:24}{microseconds:10.0f} µs{quick['hello'] / microseconds:10.3f} of hello")


def timed(name: str, call: Call) -> float:
    """Microseconds of processor time that one call takes."""
    begun = time.process_time()
    status = call()
    taken = (time.process_time() - begun) * 1e6
    assert status < 400, (name, status)
    return taken


@contextmanager
def silence() -> Iterator[None]:
    """Send the log of requests nowhere."""
    kept = sys.stdout
    with open(os.devnull, "w") as sys.stdout:
        try:
            yield
        finally:
            sys.stdout = kept


def profile(call: Call) -> None:
    with silence():
        for _ in range(CALLS):
            call()
        with cProfile.Profile() as seen:
            for _ in range(CALLS * 3):
                call()
    pstats.Stats(seen, stream=sys.stderr).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    sys.exit(main())
