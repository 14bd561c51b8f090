"""When more people come than the machine can serve: some of the reading is put off, so that the rest is quick.

A worker deals with requests in the order in which they came. A few times a second it sends one to itself, a marker.
While a marker is under way, whatever is at hand came before it, and so has waited at least since it was sent. A page
that waited too long is answered at once with 503 and a time to come back. Saves go before reading: they are put off
only when even they waited for seconds.
"""

import random
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import structlog
from flask import Flask, g
from flask_babel import gettext as _

from course.config import Config
from course.i18n import INTERFACE

READING, SAVING = 1.0, 5.0
"""Seconds for which a page and a save may have waited."""
MARKERS, SECONDS_BETWEEN = 6, 0.2
SHORTEST, LONGEST = 5, 120
"""Seconds after which somebody who was put off is asked to come back."""
MARKER = "/.marker"
NEVER_PUT_OFF = ("/static/", "/healthz", "/readyz")
"""What costs as little as saying no."""

log = structlog.get_logger("course.overload")
Start = Callable[..., Any]


class Gate:
    """Stands before the application in a worker of one thread."""

    def __init__(self, app: Flask, clock: Callable[[], float] = time.monotonic) -> None:
        self.app, self.clock = app, clock
        self.name = secrets.token_urlsafe(12)
        """Begins this worker's markers. A secret: a guessed marker would hide how long those at hand have waited."""
        self.under_way: dict[str, float] = {}
        """Markers that were sent and have not come, oldest first, and when they were sent."""
        self.served = self.put_off = 0
        self.crowd = 1.0
        """How many come for each one that is served."""
        self._pages: dict[str, bytes] = {}
        self._headers: list[tuple[str, str]] = []

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if path == MARKER:
            return self._mark(environ.get("QUERY_STRING", ""), start_response)
        if self.under_way and (waited := self.waited()) > READING:
            late = waited > SAVING or not is_save(environ["REQUEST_METHOD"], path)
            if late and not path.startswith(NEVER_PUT_OFF):
                self.put_off += 1
                return self._say_so(path, start_response)
        self.served += 1
        return self.app(environ, start_response)

    def waited(self) -> float:
        """Seconds for which what is at hand has waited, at least."""
        oldest = next(iter(list(self.under_way.values())), None)
        return 0.0 if oldest is None else self.clock() - oldest

    def _mark(self, marker: str, start_response: Start) -> list[bytes]:
        """One has come. It says whether it was sent by this worker; anybody else's means nothing here."""
        self.under_way.pop(marker, None)
        own = secrets.compare_digest(marker.rpartition("-")[0].encode(), self.name.encode())
        start_response("204 No Content" if own else "404 Not Found", [("Cache-Control", "no-store")])
        return []

    def _say_so(self, path: str, start_response: Start) -> list[bytes]:
        language = path[1:3] if path[1:3] in INTERFACE else INTERFACE[0]
        if language not in self._pages:
            self._pages[language], self._headers = prepared(self.app, language)
        start_response("503 Service Unavailable", [*self._headers, ("Retry-After", str(come_back(self.crowd)))])
        return [self._pages[language]]

    def tally(self) -> None:
        """Take stock, once in a while: how large the crowd is."""
        served, put_off, self.served, self.put_off = self.served, self.put_off, 0, 0
        self.crowd = 0.5 * self.crowd + 0.5 * (served + put_off) / max(1, served)
        if put_off:
            log.warning("more than can be served", served=served, put_off=put_off)


def is_save(method: str, path: str) -> bool:
    """Whether a learner is sending work. Signing in is none: it costs as much as fifty pages."""
    return method == "POST" and "/courses/" in path


def come_back(crowd: float) -> int:
    """Seconds: the larger the crowd the longer, and not for all the same, or they come back as one."""
    return round(min(LONGEST, SHORTEST * crowd) * random.uniform(0.8, 1.2))  # noqa: S311 - no secret


def prepared(app: Flask, language: str) -> tuple[bytes, list[tuple[str, str]]]:
    """The page that says so, in an interface language, with the headers that every page has."""
    from course.web.access import VISITOR
    from course.web.errors import error_page
    from course.web.headers import fixed

    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        g.viewer = VISITOR
        page = error_page(
            503,
            _("More people are here at this moment than this installation can serve."),
            _("Wait a little and load the page again. What you have saved is kept."),
        )
        response = app.process_response(page)
        headers = [(name, value) for name, value in response.headers if name not in {"Retry-After", "Set-Cookie"}]
        return response.get_data(), headers + fixed(app.config["COURSE"])


def watch(gate: Gate, config: Config) -> None:
    """Send markers from now on, in a thread of its own that ends with the process."""
    threading.Thread(target=_watch, args=(gate, Markers(gate, config)), name="overload", daemon=True).start()


def _watch(gate: Gate, markers: "Markers") -> None:
    rounds = 0
    while True:
        time.sleep(SECONDS_BETWEEN)
        markers.send()
        rounds += 1
        if rounds % 5 == 0:
            gate.tally()


class Markers:
    """Connections of this worker to itself. The port is all workers': the first marker on a line says whose it is."""

    def __init__(self, gate: Gate, config: Config) -> None:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.host, config.host)  # noqa: S104 - any becomes this one
        self.gate, self.address, self.number = gate, (host, config.port), 0
        self.free: list[socket.socket] = []
        self.waiting: list[tuple[socket.socket, str]] = []

    def send(self) -> None:
        """Send one, where there are not enough under way."""
        for line, marker in list(self.waiting):
            self._look(line, marker)
        if self.free:
            self._send(self.free.pop(), known=True)
        elif len(self.waiting) < MARKERS:
            with suppress(OSError):  # no room before the door, or the server is ending: the next round tries again
                self._send(socket.create_connection(self.address, timeout=READING), known=False)

    def _send(self, line: socket.socket, known: bool) -> None:
        self.number += 1
        marker = f"{self.gate.name}-{self.number}"
        line.setblocking(False)
        self.waiting.append((line, marker))
        if known:
            self.gate.under_way[marker] = self.gate.clock()
        try:
            line.send(f"GET {MARKER}?{marker} HTTP/1.1\r\nHost: {self.address[0]}\r\n\r\n".encode())
        except OSError:
            self._drop(line, marker)

    def _look(self, line: socket.socket, marker: str) -> None:
        """Whether one has come back, and from whom."""
        try:
            reply = line.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            reply = b""
        if reply.startswith(b"HTTP/1.1 204"):
            self.waiting.remove((line, marker))
            self.free.append(line)
        else:
            self._drop(line, marker)

    def _drop(self, line: socket.socket, marker: str) -> None:
        self.waiting.remove((line, marker))
        self.gate.under_way.pop(marker, None)
        line.close()
