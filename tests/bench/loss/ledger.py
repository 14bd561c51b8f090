"""What clients were told, kept by the clients, and compared with what the store has.

A client is a learner who answers one question after the other, hands in, and starts again. What is not acknowledged
is sent again under the same key until it is, as the page's script does.
"""

import json
import random
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode

from sqlalchemy import text

from course.db import db
from tests.bench.loss.site import Learner, Site
from tests.bench.prepare import COURSE, QUIZ

QUIZZES = f"/en/courses/{COURSE}/quizzes/{QUIZ}"
LESSON = f"/en/courses/{COURSE}/lesson-1/"
SAVES_IN_AN_ATTEMPT = 12
PAUSE = 0.05
"""Seconds before what failed is sent again."""


class GivenUp(Exception):
    """Nothing more is expected of the server."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One save that the server said it had kept: its key, what was in it, and what was said."""

    key: str
    attempt: int
    position: int
    choice: int
    said: str


@dataclass
class Ledger:
    """All that clients were told. `other_replies`: a save that was sent again and got another answer than before."""

    entries: dict[tuple[int, str], Entry] = field(default_factory=dict)
    submitted: set[tuple[int, int]] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    """What came back for saves: 0 for a connection that broke or stayed silent."""
    reads: Counter[int] = field(default_factory=Counter)
    repeated: int = 0
    other_replies: list[tuple[str, str]] = field(default_factory=list)
    slowest: float = 0.0
    """Seconds that the longest wait took, from the first try of a save to its acknowledgement."""

    def wait_for(self, number: int, seconds: float = 60) -> None:
        """Until so many more saves are acknowledged. Raises TimeoutError."""
        wanted, end = len(self.entries) + number, time.monotonic() + seconds
        while len(self.entries) < wanted:
            if time.monotonic() > end:
                raise TimeoutError(f"nothing is acknowledged: {self.statuses}")
            time.sleep(0.002)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How ledger and store compare: saves acknowledged, of these lost, kept twice, and what else is wrong."""

    acknowledged: int
    lost: int
    doubled: int
    wrong: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.wrong)


class Clients:
    """`with Clients(site) as ledger: <do harm>`. At the end every client waits until its last save is acknowledged."""

    def __init__(self, site: Site, ledger: Ledger | None = None) -> None:
        self.site, self.ledger = site, Ledger() if ledger is None else ledger
        self.stop, self.gone = threading.Event(), threading.Event()
        self.attempts = {learner.number: self._first_open(learner) for learner in site.learners}
        self.threads = [threading.Thread(target=self._write, args=(one,), daemon=True) for one in site.learners]
        self.threads.append(threading.Thread(target=self._read, args=(site.learners[0],), daemon=True))

    def __enter__(self) -> Ledger:
        for thread in self.threads:
            thread.start()
        return self.ledger

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self.give_up()
            return
        self.stop.set()
        for thread in self.threads:
            thread.join(120)
            assert not thread.is_alive(), "a client still waits for its acknowledgement"

    def give_up(self) -> None:
        """End the clients without the acknowledgement that they wait for."""
        self.gone.set()
        self.stop.set()
        for thread in self.threads:
            thread.join(60)

    def _first_open(self, learner: Learner) -> int:
        """The attempt after the last one that was handed in."""
        return max((number for who, number in self.ledger.submitted if who == learner.enrolment), default=0) + 1

    def _write(self, learner: Learner) -> None:
        with suppress(GivenUp), closing(Line(self.site.port, learner)) as line:
            self._learn(line, learner)

    def _learn(self, line: "Line", learner: Learner) -> None:
        attempt = self.attempts[learner.number]
        chosen = Counter({position: random.randint(0, 1) for position in range(1, 11)})
        while not self.stop.is_set():
            for _ in range(SAVES_IN_AN_ATTEMPT):
                position = random.randint(1, 10)
                chosen[position] += 1
                self._save(line, attempt, position, chosen[position] % 2)
                if self.stop.is_set():
                    return
            self._until_done(line, f"{QUIZZES}/attempts/{attempt}/submission", {"confirmed": "1"})
            self.ledger.submitted.add((learner.enrolment, attempt))
            attempt += 1
            self._until_done(line, f"{QUIZZES}/attempts", {})

    def _save(self, line: "Line", attempt: int, position: int, choice: int) -> None:
        key = f"{time.time_ns():x}-{random.getrandbits(32):x}"
        place = f"{QUIZZES}/attempts/{attempt}/responses"
        fields = {"key": key, f"base-{position}": "0", f"q{position}": str(choice)}
        begun = time.monotonic()
        said = self._until_done(line, place, fields)
        self.ledger.slowest = max(self.ledger.slowest, time.monotonic() - begun)
        self.ledger.entries[line.learner.enrolment, key] = Entry(key, attempt, position, choice, said)
        if random.random() < 0.2:
            again = self._until_done(line, place, fields)
            self.ledger.repeated += 1
            if json.loads(again) != json.loads(said):
                self.ledger.other_replies.append((said, again))

    def _until_done(self, line: "Line", path: str, fields: dict[str, str]) -> str:
        while not self.gone.is_set():
            status, body = line.send("POST", path, fields)
            self.ledger.statuses[status] += 1
            if status in {200, 303}:
                return body
            if status and status not in {500, 502, 503, 504}:
                raise AssertionError(f"{path}: {status}\n{body[:2000]}")
            time.sleep(PAUSE)
        raise GivenUp

    def _read(self, learner: Learner) -> None:
        with closing(Line(self.site.port, learner)) as line:
            while not self.stop.wait(PAUSE):
                status, _body = line.send("GET", LESSON)
                self.ledger.reads[status] += 1


class Line:
    """A learner's connection, made anew when it broke."""

    def __init__(self, port: int, learner: Learner) -> None:
        self.port, self.learner = port, learner
        self.connection: HTTPConnection | None = None

    def send(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and body; status 0 where no whole reply came."""
        headers = {
            "Cookie": self.learner.cookie,
            "Accept": "application/json",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        body = None
        if fields is not None:
            body = urlencode({"csrf_token": self.learner.token, **fields})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection = self.connection or HTTPConnection("127.0.0.1", self.port, timeout=15)
            self.connection.request(method, path, body, headers)
            reply: HTTPResponse = self.connection.getresponse()
            return reply.status, reply.read().decode()
        except (OSError, HTTPException):
            self.close()
            return 0, ""

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def compare(site: Site, ledger: Ledger) -> Verdict:
    """Hold the ledger against the store."""
    with site.application().app_context():
        with db.engine.connect() as connection:
            kept = {
                (row.enrolment_id, row.key): row
                for row in connection.execute(text(
                    "SELECT a.enrolment_id, s.key, a.number, s.outcome FROM save s "
                    "JOIN attempt a ON a.id = s.attempt_id"
                ))
            }  # fmt: skip
            answers = {
                (row.enrolment_id, row.attempt, row.number): (row.position, row.value)
                for row in connection.execute(text(
                    "SELECT a.enrolment_id, a.number AS attempt, r.number, q.position, r.value FROM response r "
                    "JOIN attempt a ON a.id = r.attempt_id JOIN attempt_question q ON q.id = r.attempt_question_id"
                ))
            }  # fmt: skip
            closed = set(map(tuple, connection.execute(
                text("SELECT enrolment_id, number FROM attempt WHERE closed IS NOT NULL")
            )))  # fmt: skip
        db.engine.dispose()
    lost = [who for who, entry in ledger.entries.items() if not _is_kept(who, entry, kept, answers)]
    doubled = len(answers) - len({(who[0], kept[who].number, n) for who in kept for n in _made(kept[who].outcome)})
    wrong = [f"{len(ledger.other_replies)} retries got another reply"] if ledger.other_replies else []
    wrong += [f"attempts {ledger.submitted - closed} were handed in and are open"] if ledger.submitted - closed else []
    wrong += _choices(ledger, answers)
    return Verdict(len(ledger.entries), len(lost), doubled, (*wrong, *site.differences()))


def _made(outcome: str) -> list[int]:
    return list(json.loads(outcome)["made"].values())


def _is_kept(who: tuple[int, str], entry: Entry, kept: dict, answers: dict) -> bool:  # type: ignore[type-arg]
    """Whether the save is there, and the response that it was told of, at its question."""
    if who not in kept:
        return False
    number = json.loads(entry.said)["bases"][str(entry.position)]
    position, _value = answers.get((who[0], entry.attempt, number), (0, ""))
    return bool(position == entry.position)


def _choices(ledger: Ledger, answers: dict) -> list[str]:  # type: ignore[type-arg]
    """The first choice is stored as one value, everywhere, and the second as another."""
    values: dict[int, Counter[str]] = {0: Counter(), 1: Counter()}
    for (enrolment, _key), entry in ledger.entries.items():
        found = answers.get((enrolment, entry.attempt, json.loads(entry.said)["bases"][str(entry.position)]))
        if found:
            values[entry.choice][found[1]] += 1
    mixed = [choice for choice, found in values.items() if len(found) > 1]
    return [f"choice {choice} was stored as {dict(values[choice])}" for choice in mixed]
