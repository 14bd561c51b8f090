"""Readers on a line of 2 KB/s: they must not keep anybody waiting."""

import contextlib
import multiprocessing
import selectors
import socket
import time

from tests.bench.client import Sample, measure
from tests.bench.prepare import Bench
from tests.bench.rows import CONNECTIONS, LESSON, get, reading

READERS = 64
BYTES_A_SECOND = 2048


def others(bench: Bench, seconds: float) -> Sample:
    """How other learners fare with the lesson page while 64 read pages and assets slowly."""
    paths = [LESSON, _asset(bench, "app.css")]
    stop = multiprocessing.Event()
    readers = multiprocessing.get_context("fork").Process(
        target=_read, args=(bench.config.port, paths, stop), daemon=True
    )
    readers.start()
    time.sleep(1)  # until all of them hang on a reply
    try:
        return measure(bench.config.port, CONNECTIONS, seconds, lambda: reading(LESSON, "zstd")(bench))
    finally:
        stop.set()
        readers.join(5)


def _asset(bench: Bench, name: str) -> str:
    from course.web.assets import asset_url

    with bench.app.test_request_context():
        return asset_url(name)


def _read(port: int, paths: list[str], stop: object) -> None:
    """Ask for pages, uncompressed so that they last, and take a sip from each connection ten times a second."""
    poll, opened = selectors.DefaultSelector(), []
    for number in range(READERS):
        reader = socket.socket()
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect(("127.0.0.1", port))
        reader.setblocking(False)
        reader.send(get(paths[number % len(paths)]) * 50)
        opened.append(reader)
    while not stop.is_set():  # type: ignore[attr-defined]
        for reader in opened:
            with contextlib.suppress(BlockingIOError):
                reader.recv(BYTES_A_SECOND // 10)
        time.sleep(0.1)
    poll.close()
