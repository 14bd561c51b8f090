"""A crowd of learners over real connections, each of whom reads, saves, thinks, and comes back when told to."""

import heapq
import random
import resource
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench.client import HEAD_END

READ, SAVE = "read", "save"
Requests = Callable[[int, int], tuple[str, bytes]]
"""Gives a request and its kind: (number of the client, its how-manieth request)."""


@dataclass(slots=True)
class Tally:
    """What came back. Latencies in seconds, of what was served. `without_time`: 503 that did not say when to return."""

    seconds: float = 0.0
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    latencies: dict[str, list[float]] = field(default_factory=lambda: {READ: [], SAVE: []})
    without_time: int = 0
    sent: int = 0

    def served(self, *kinds: str) -> int:
        return sum(n for (kind, status), n in self.statuses.items() if kind in kinds and status in {200, 303})

    @property
    def goodput(self) -> float:
        """Requests a second that were served."""
        return self.served(READ, SAVE) / self.seconds

    def percentile(self, kind: str, share: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.latencies[kind])
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass(slots=True)
class _Client:
    number: int
    line: socket.socket | None = None
    turn: int = 0
    kind: str = READ
    sent: float = 0.0
    received: bytearray = field(default_factory=bytearray)


class Crowd:
    """`size` clients who think for `thinking` seconds on average. `patient`: they do as Retry-After says."""

    def __init__(self, port: int, size: int, thinking: float, requests: Requests, patient: bool = True) -> None:
        self.port, self.thinking, self.requests, self.patient = port, thinking, requests, patient
        self.poll, self.tally = selectors.DefaultSelector(), Tally()
        self.due = [(time.monotonic() + random.uniform(0, thinking), n, _Client(n)) for n in range(size)]
        heapq.heapify(self.due)
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    def run(self, seconds: float) -> Tally:
        """Go on for some seconds; the tally of these alone. May be called again: the crowd is still there."""
        self.tally, begun = Tally(), time.monotonic()
        while (now := time.monotonic()) - begun < seconds:
            while self.due and self.due[0][0] <= now:
                self._send(heapq.heappop(self.due)[2])
            pause = max(0.0, min(0.05, self.due[0][0] - now)) if self.due else 0.05
            for key, _ in self.poll.select(pause):
                self._receive(key.data)
        self.tally.seconds = now - begun
        return self.tally

    def close(self) -> None:
        for key in list(self.poll.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]

    def _send(self, client: _Client) -> None:
        client.kind, request = self.requests(client.number, client.turn)
        client.turn += 1
        client.received.clear()
        client.sent = time.monotonic()
        self.tally.sent += 1
        try:
            if client.line is None:
                client.line = socket.create_connection(("127.0.0.1", self.port), timeout=5)
                client.line.settimeout(5)
                self.poll.register(client.line, selectors.EVENT_READ, client)
            client.line.sendall(request)
        except OSError:
            self._lost(client)

    def _receive(self, client: _Client) -> None:
        assert client.line is not None
        try:
            data = client.line.recv(262_144)
        except OSError:
            data = b""
        if not data:
            return self._lost(client)
        client.received += data
        end = client.received.find(HEAD_END)
        if end < 0:
            return None
        head = bytes(client.received[:end]).lower()
        length = int(_header(head, b"content-length") or 0)
        if len(client.received) < end + 4 + length:
            return None
        return self._came(client, int(client.received[9:12]), _header(head, b"retry-after"))

    def _came(self, client: _Client, status: int, later: bytes) -> None:
        now = time.monotonic()
        self.tally.statuses[client.kind, status] += 1
        pause = random.uniform(0.5, 1.5) * self.thinking
        if status in {200, 303}:
            self.tally.latencies[client.kind].append(now - client.sent)
        elif status == 503:
            self.tally.without_time += not later
            pause = float(later or 1) if self.patient else pause
        heapq.heappush(self.due, (now + pause, client.number, client))

    def _lost(self, client: _Client) -> None:
        if client.line is not None:
            if client.line in {key.fileobj for key in self.poll.get_map().values()}:
                self.poll.unregister(client.line)
            client.line.close()
            client.line = None
        self.tally.statuses[client.kind, 0] += 1
        heapq.heappush(self.due, (time.monotonic() + 1, client.number, client))


def _header(head: bytes, name: bytes) -> bytes:
    at = head.find(b"\r\n" + name + b": ")
    if at < 0:
        return b""
    begin = at + len(name) + 4
    end = head.find(b"\r", begin)
    return head[begin : end if end >= 0 else None]
