"""What is measured: each row gives the requests of a connection. A connection acts for every 16th learner in turn."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.bench.client import Requests
from tests.bench.prepare import COURSE, PASSWORD, QUIZ, Bench, Learner
from tests.bench.server import HELLO

CONNECTIONS = 16
ATTEMPT = f"/en/courses/{COURSE}/quizzes/{QUIZ}/attempts"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `ratio` is its rate by that of `against` (`hello`, `commit` or `hash`)."""

    name: str
    title: str
    requests: Callable[[Bench], Requests]
    against: str
    at_least: float


def get(path: str, cookie: str = "", encoding: str = "") -> bytes:
    head = f"GET {path} HTTP/1.1\r\nHost: bench\r\n"
    head += f"Cookie: {cookie}\r\n" if cookie else ""
    head += f"Accept-Encoding: {encoding}\r\n" if encoding else ""
    return (head + "\r\n").encode()


def post(path: str, fields: dict[str, str], cookie: str = "", accept: str = "application/json") -> bytes:
    body = urlencode(fields)
    head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nAccept: {accept}\r\nOrigin: http://bench\r\n"
    head += f"Cookie: {cookie}\r\n" if cookie else ""
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()


def hello(_bench: Bench) -> Requests:
    request = get(HELLO)
    return lambda _connection, _turn: request


def reading(path: str, encoding: str) -> Callable[[Bench], Requests]:
    """A page that each learner asks for in turn."""

    def build(bench: Bench) -> Requests:
        prepared = [get(path, learner.cookie, encoding) for learner in bench.learners]
        return lambda connection, turn: prepared[(connection + turn * CONNECTIONS) % len(prepared)]

    return build


def answering(bench: Bench) -> Requests:
    """Save one answer in the open attempt, another one each time, as the page's script does."""
    rounds = len(bench.learners) // CONNECTIONS
    first = bench.saves

    def request(connection: int, turn: int) -> bytes:
        learner = bench.learners[connection + CONNECTIONS * (turn % rounds)]
        return save(learner, first + turn // rounds)

    bench.saves += 1_000_000
    return request


def save(learner: Learner, number: int) -> bytes:
    """The `number`-th save of a learner: another choice each time, on question 1 of attempt 1."""
    fields = {"csrf_token": learner.token, "key": f"bench-{number}", "base-1": "0", "q1": str(number % 2)}
    return post(f"{ATTEMPT}/1/responses", fields, learner.cookie)


def submitting(bench: Bench) -> Requests:
    """Hand an attempt in with its ten answers: each learner once."""
    ready = bench.ready
    bench.ready = []
    handed_in = [
        post(f"{ATTEMPT}/1/submission", _ten_answers(learner), learner.cookie, accept="text/html") for learner in ready
    ]

    def request(connection: int, turn: int) -> bytes | None:
        at = connection + turn * CONNECTIONS
        return handed_in[at] if at < len(handed_in) else None

    return request


def _ten_answers(learner: Learner) -> dict[str, str]:
    fields = {"csrf_token": learner.token, "key": "bench-end", "confirmed": "1"}
    for position in range(1, 11):
        fields |= {f"base-{position}": "0", f"q{position}": "1"}
    return fields


def signing_in(bench: Bench) -> Requests:
    """Sign in with the right password, from a page without a session."""
    prepared = [sign_in(bench, learner) for learner in bench.learners]
    return lambda connection, turn: prepared[(connection + turn * CONNECTIONS) % len(prepared)]


def sign_in(bench: Bench, learner: Learner) -> bytes:
    token, cookie = bench.visitor
    fields = {"csrf_token": token, "who": learner.address, "password": PASSWORD, "next": ""}
    return post("/en/sign-in", fields, cookie, accept="text/html")


LESSON = "/en/courses/sse/why/"
ROWS = [
    Row("lesson_vs_hello", "lesson page, zstd", reading(LESSON, "zstd"), "hello", 0.4),
    Row("lesson_vs_hello_gzip", "lesson page, gzip", reading(LESSON, "gzip"), "hello", 0.0),
    Row("lesson_vs_hello_plain", "lesson page, not compressed", reading(LESSON, ""), "hello", 0.0),
    Row("course_vs_hello", "course page, zstd", reading("/en/courses/sse/", "zstd"), "hello", 0.3),
    Row("home_vs_hello", "learner's home, zstd", reading("/en/", "zstd"), "hello", 0.3),
    Row("answer_vs_commit", "save one answer", answering, "commit", 0.25),
    Row("submit_vs_commit", "submit ten answers, graded", submitting, "commit", 0.2),
    Row("sign_in_vs_hash", "sign in", signing_in, "hash", 0.8),
]
