"""A small HTTP load client: keep-alive connections over epoll, requests prepared as bytes.

It shares the machine with the server, so it does as little as it can: no URL parsing, no header objects.
Run in a process of its own (`measure`), bounded in time. Loopback only.
"""

import multiprocessing
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length: "


@dataclass(slots=True)
class Sample:
    """What one measurement gave. `latencies` in seconds, unordered; `size` the bytes of the last whole reply."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def rate(self) -> float:
        """Good replies (2xx and 3xx) a second."""
        good = sum(number for status, number in self.statuses.items() if 200 <= status < 400)
        return good / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Latency in milliseconds below which `share` (0 to 1) of the replies came."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass(slots=True)
class _Connection:
    number: int
    socket: socket.socket
    turn: int = 0
    sent: float = 0.0
    received: bytearray = field(default_factory=bytearray)
    expected: int = -1


Requests = Callable[[int, int], bytes | None]
"""Gives the bytes of a request: (number of the connection, its how-manieth request). None: there are no more."""


def drive(port: int, connections: int, seconds: float, requests: Requests) -> Sample:
    """Send requests over `connections` keep-alive connections for `seconds`, one at a time on each."""
    sample, poll = Sample(), selectors.DefaultSelector()
    opened = []
    for number in range(connections):
        connection = _Connection(number, socket.create_connection(("127.0.0.1", port), timeout=10))
        connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        poll.register(connection.socket, selectors.EVENT_READ, connection)
        opened.append(connection)
    start = now = time.perf_counter()
    busy = sum(_send(connection, requests) for connection in opened)
    while busy and (now := time.perf_counter()) - start < seconds:
        for key, _ in poll.select(timeout=0.5):
            if _receive(key.data, sample) and not _send(key.data, requests):
                busy -= 1
    sample.seconds = now - start
    for connection in opened:
        connection.socket.close()
    return sample


def _send(connection: _Connection, requests: Requests) -> bool:
    """Send the next request; whether there was one."""
    request = requests(connection.number, connection.turn)
    if request is None:
        return False
    connection.turn += 1
    connection.received.clear()
    connection.expected = -1
    connection.sent = time.perf_counter()
    connection.socket.sendall(request)
    return True


def _receive(connection: _Connection, sample: Sample) -> bool:
    """Read what is there; whether the reply is whole."""
    data = connection.socket.recv(262_144)
    if not data:
        raise ConnectionError("the server closed a connection in the middle of a measurement")
    connection.received += data
    if connection.expected < 0:
        end = connection.received.find(HEAD_END)
        if end < 0:
            return False
        connection.expected = end + 4 + _length(bytes(connection.received[:end]).lower())
    if len(connection.received) < connection.expected:
        return False
    sample.latencies.append(time.perf_counter() - connection.sent)
    sample.statuses[int(connection.received[9:12])] += 1
    sample.size = connection.expected
    return True


def _length(head: bytes) -> int:
    at = head.find(LENGTH)
    return int(head[at + len(LENGTH) : head.find(b"\r", at) if head.find(b"\r", at) > 0 else None]) if at >= 0 else 0


def _work(port: int, connections: int, seconds: float, build: Callable[[], Requests], pipe: object) -> None:
    try:
        pipe.send(drive(port, connections, seconds, build()))  # type: ignore[attr-defined]
    except Exception as error:
        pipe.send(error)  # type: ignore[attr-defined]


def measure(port: int, connections: int, seconds: float, build: Callable[[], Requests]) -> Sample:
    """`drive` in a process of its own. `build` makes the request function there. Raises what went wrong there."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=_work, args=(port, connections, seconds, build, there), daemon=True
    )
    process.start()
    if not here.poll(seconds + 60):
        process.kill()
        raise TimeoutError("the load client did not end")
    result = here.recv()
    process.join()
    if isinstance(result, Exception):
        raise result
    return result
