"""`python -m tests.bench.inside [ROW]`: the processor time of requests inside one process, without a server.

For work on the hot path: on a shared machine rates wander, processor time side by side with the bare hello hardly
does. With the name of a row, that row's profile instead of the table.
"""

import cProfile
import io
import os
import pstats
import statistics
import sys
import time
from collections.abc import Callable
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
        calls = {row.name: caller(bench.app, row.requests(bench)) for row in rows.ROWS if row.against != "hash"}
        calls = {"hello": caller(hello(), rows.hello(bench))} | calls
        if len(sys.argv) > 1:
            profile(calls[sys.argv[1]])
        else:
            table(calls)
    finally:
        bench.close()
    return 0


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
    """Rounds of each in turn; the median of the rounds counts."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    quiet, kept = open(os.devnull, "w"), sys.stdout  # noqa: SIM115 - lives as long as the process
    for _ in range(ROUNDS):
        for name, call in calls.items():
            sys.stdout = quiet
            begun = time.process_time()
            statuses = {call() for _ in range(CALLS)}
            times[name].append((time.process_time() - begun) / CALLS * 1e6)
            sys.stdout = kept
            assert max(statuses) < 400, (name, statuses)
    middle = {name: statistics.median(found) for name, found in times.items()}
    for name, microseconds in middle.items():
        print(f"{name:24}{microseconds:10.0f} µs{middle['hello'] / microseconds:10.3f} of hello")


def profile(call: Call) -> None:
    for _ in range(CALLS):
        call()
    with cProfile.Profile() as seen:
        for _ in range(CALLS * 3):
            call()
    pstats.Stats(seen, stream=sys.stderr).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    sys.exit(main())
