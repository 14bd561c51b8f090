"""More people than can be served: the rest are told when to come back, at once, and saves go before reading."""

import os
import select
import socket
from collections import Counter
from http import HTTPStatus

import pytest
from flask import Flask
from werkzeug.test import Client

from course.config import Config
from course.web.overload import LONGEST, MARKER, READING, SAVING, SHORTEST, Gate, Markers, come_back, is_save

SAVE = "/en/courses/sse/why/completion"
READ = "/en/courses/"


class Worker:
    """A worker whose clock the test owns."""

    def __init__(self, app: Flask) -> None:
        self.now = 1000.0
        self.gate = Gate(app, lambda: self.now)
        self.client = Client(self.gate)

    def send(self, number: int) -> None:
        """A marker is sent now."""
        self.gate.under_way[f"{self.gate.name}-{number}"] = self.now

    def comes(self, number: int, name: str | None = None) -> int:
        return self.client.get(f"{MARKER}?{name or self.gate.name}-{number}").status_code

    def has_waited(self, seconds: float) -> None:
        """What is at hand now came so long ago."""
        self.send(0)
        self.now += seconds


@pytest.fixture
def worker(app: Flask) -> Worker:
    return Worker(app)


def test_where_no_marker_is_under_way_nothing_has_waited(worker: Worker) -> None:
    worker.send(1)
    assert worker.comes(1) == 204
    worker.now += 3600
    assert worker.client.get(READ).status_code == 200


def test_a_page_that_waited_too_long_is_put_off_and_those_that_came_later_are_served(worker: Worker) -> None:
    worker.send(1)
    worker.now += READING + 0.5
    worker.send(2)
    assert worker.client.get(READ).status_code == 503
    worker.comes(1)
    assert worker.client.get(READ).status_code == 200
    worker.now += READING + 0.5
    assert worker.client.get(READ).status_code == 503


def test_saves_go_before_reading(worker: Worker) -> None:
    worker.has_waited(READING + 0.5)
    assert worker.client.get(READ).status_code == 503
    assert worker.client.post(SAVE).status_code != 503
    worker.now += SAVING
    assert worker.client.post(SAVE).status_code == 503


def test_a_learner_s_work_is_a_save_and_signing_in_is_none() -> None:
    assert is_save("POST", "/en/courses/sse/quizzes/ilo/attempts/1/responses")
    assert not is_save("POST", "/en/sign-in")
    assert not is_save("GET", "/en/courses/sse/")


def test_nobody_else_s_marker_means_anything(worker: Worker) -> None:
    worker.has_waited(READING + 0.5)
    assert worker.comes(0, Gate(worker.gate.app).name) == 404
    assert worker.comes(0, str(os.getpid())) == 404, "what anybody can guess"
    assert worker.client.get(MARKER + "?\N{LATIN SMALL LETTER E WITH ACUTE}-0").status_code == 404
    assert worker.client.get(MARKER).status_code == 404
    assert worker.client.get(READ).status_code == 503


@pytest.mark.parametrize(
    ("language", "words"), [("en", "than this installation can serve"), ("fr", "plus de monde"), ("es", "más personas")]
)
def test_a_page_says_so_in_the_reader_s_language(worker: Worker, language: str, words: str) -> None:
    worker.has_waited(READING + 0.5)
    reply = worker.client.get(f"/{language}/courses/")
    assert reply.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert words in reply.text
    assert int(reply.headers["Retry-After"]) >= 4
    assert reply.headers["Cache-Control"] == "no-store"
    assert "default-src" in reply.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in reply.headers


def test_the_larger_the_crowd_the_later_they_come_back_and_not_all_at_once(worker: Worker) -> None:
    worker.has_waited(READING + 0.5)
    for _ in range(10):
        worker.gate.served += 10
        worker.gate.put_off += 90
        worker.gate.tally()
    assert 9 < worker.gate.crowd < 10.1
    times = Counter(come_back(worker.gate.crowd) for _ in range(200))
    assert min(times) >= 0.8 * 9 * SHORTEST - 1
    assert max(times) <= 1.2 * 10.1 * SHORTEST + 1
    assert len(times) > 5
    assert come_back(1000) <= 1.2 * LONGEST
    for _ in range(20):
        worker.gate.tally()
    assert worker.gate.crowd < 1.1


def test_who_watches_the_installation_and_what_a_page_needs_is_never_put_off(worker: Worker) -> None:
    worker.has_waited(SAVING + 1)
    assert worker.client.get("/healthz").status_code == 200
    assert worker.client.get("/static/x/y.css").status_code == 404


def test_markers_count_only_on_lines_that_lead_to_their_own_worker(app: Flask) -> None:
    gate = Gate(app)
    with socket.create_server(("127.0.0.1", 0)) as server:
        markers = Markers(gate, Config(port=server.getsockname()[1]))

        def asked(line: socket.socket, status: str) -> None:
            line.recv(4096)
            line.sendall(f"HTTP/1.1 {status}\r\n\r\n".encode())
            select.select([markers.waiting[0][0]], [], [], 10)

        markers.send()
        assert not gate.under_way
        with server.accept()[0] as others:
            asked(others, "404 Not Found")
        markers.send()
        with server.accept()[0] as own:
            asked(own, "204 No Content")
            markers.send()
            assert len(gate.under_way) == 1
            assert gate.waited() > 0
        select.select([markers.waiting[0][0]], [], [], 10)
        markers.send()
        assert not gate.under_way
        for line, _marker in markers.waiting:
            line.close()
