"""The outbox: a letter for each cause, delivered once, and no header that was not meant."""

import email
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.policy import default

import pytest
from flask import Flask
from sqlalchemy import select

from course.config import Config
from course.db import db, transaction
from course.people import delivery
from course.people.models import Mail
from course.people.outbox import Letter, post
from course.people.rules import DAY, MINUTE

START = 1_767_225_600_000_000
HELLO = Letter("Héllo", "Good day,\n\n.\nΓειά\n")


def rows() -> list[Mail]:
    db.session.expire_all()
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def put(letter: Letter = HELLO, to: str = "ada@example.org", key: str = "") -> bool:
    with transaction():
        return post(to, letter, key=key)


def files(config: Config) -> list[email.message.EmailMessage]:
    return [
        email.message_from_bytes(path.read_bytes(), policy=default)
        for path in sorted((config.instance / "outbox").glob("*.eml"))
    ]


@pytest.fixture
def here(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app


def test_without_a_server_a_letter_is_a_file(here: Flask, config: Config) -> None:
    put()
    assert delivery.deliver_due(config) == 1
    (message,) = files(config)
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == "Héllo"
    assert message.get_content().splitlines() == HELLO.body.splitlines()
    assert delivery.deliver_due(config) == 0


def test_a_letter_that_was_sent_keeps_no_text(here: Flask, config: Config) -> None:
    put()
    delivery.deliver_due(config)
    (row,) = rows()
    assert row.sent is not None
    assert row.body == ""


def test_the_same_cause_makes_one_letter(here: Flask) -> None:
    assert put(key="reminder 1")
    assert not put(key="reminder 1")
    assert len(rows()) == 1


@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: all@example.org", "x\nBcc: a", "x\rBcc: a", "x\u2028Bcc: a", "x\x0bBcc: a", "x\r\n\r\nbody"]
)
def test_a_line_break_in_a_header_is_a_space(here: Flask, config: Config, evil: str) -> None:
    put(Letter(evil, "text"), to=f"ada@example.org{evil[1:]}")
    delivery.deliver_due(config)
    for message in files(config):
        assert message["Bcc"] is None
        assert message.get_content().strip() == "text"


class Server(socketserver.ThreadingTCPServer):
    """Takes mail as a server on the Internet would; `refuse` is what it says to a letter."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[str] = []
        self.refuse = ""
        self.hang_up = False
        self.goodbye = "221 bye"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode():
            verb = line.split()[0].upper() if line.split() else ""
            if verb == "DATA":
                self.take()
                if self.server.hang_up:
                    return
            elif verb == "RCPT" and self.server.refuse:
                self.say(self.server.refuse)
            elif verb == "QUIT":
                self.say(self.server.goodbye)
                return
            else:
                self.say("250 fine")

    def take(self) -> None:
        self.say("354 go on")
        text = ""
        while (line := self.rfile.readline().decode()) != ".\r\n":
            text += line
        self.server.letters.append(text)
        if not self.server.hang_up:
            self.say("250 taken")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server
        server.shutdown()


def test_with_a_server_a_letter_is_handed_over_once(here: Flask, config: Config, server: Server) -> None:
    put()
    config = replace(config, smtp_url=server.url)
    assert delivery.deliver_due(config) == 1
    assert delivery.deliver_due(config) == 0
    (text,) = server.letters
    assert "Auto-Submitted: auto-generated" in text
    assert files(config) == []


def test_what_was_refused_is_tried_again_later_and_later(
    here: Flask, config: Config, server: Server, at: Callable[[int], None]
) -> None:
    put()
    config = replace(config, smtp_url=server.url)
    server.refuse = "450 later please"
    now = START
    for pause in (*delivery.PAUSES, DAY, DAY):
        assert delivery.deliver_due(config) == 0
        assert delivery.deliver_due(config) == 0  # not before its time
        now += pause
        at(now)
    (row,) = rows()
    assert row.sent is None
    assert row.tries == len(delivery.PAUSES) + 1
    assert "450" in (row.failure or "")
    server.refuse = ""
    assert delivery.deliver_due(config) == 0  # given up


def test_after_a_refusal_the_letter_still_goes_out_once(
    here: Flask, config: Config, server: Server, at: Callable[[int], None]
) -> None:
    put()
    config = replace(config, smtp_url=server.url)
    server.refuse = "450 later please"
    delivery.deliver_due(config)
    server.refuse = ""
    at(START + MINUTE)
    assert delivery.deliver_due(config) == 1
    assert len(server.letters) == 1


def test_what_may_have_arrived_is_not_sent_a_second_time(
    here: Flask, config: Config, server: Server, at: Callable[[int], None]
) -> None:
    put()
    config = replace(config, smtp_url=server.url)
    server.hang_up = True
    assert delivery.deliver_due(config) == 0
    server.hang_up = False
    at(START + 30 * DAY)
    assert delivery.deliver_due(config) == 0
    assert len(server.letters) == 1


def test_a_letter_that_was_taken_is_not_sent_again_because_the_good_bye_was_rude(
    here: Flask, config: Config, server: Server, at: Callable[[int], None]
) -> None:
    put()
    config = replace(config, smtp_url=server.url)
    server.goodbye = "421 closing"
    assert delivery.deliver_due(config) == 1
    at(START + 30 * DAY)
    assert delivery.deliver_due(config) == 0
    assert len(server.letters) == 1


def test_a_process_that_died_with_a_letter_in_hand_leaves_it_to_nobody(
    here: Flask, config: Config, server: Server, at: Callable[[int], None]
) -> None:
    put()
    config = replace(config, smtp_url=server.url)
    assert delivery._claim(config) is not None
    at(START + 30 * DAY)
    assert delivery.deliver_due(config) == 0
    assert server.letters == []


def test_a_file_may_be_written_again_because_it_is_the_same_file(
    here: Flask, config: Config, at: Callable[[int], None]
) -> None:
    put()
    assert delivery._claim(config) is not None
    at(START + delivery.LEASE + 1)
    assert delivery.deliver_due(config) == 1
    assert len(files(config)) == 1


def test_two_deliverers_share_the_work(here: Flask, config: Config) -> None:
    for number in range(3):
        put(to=f"p{number}@example.org")
    claimed = [delivery._claim(config) for _ in range(4)]
    assert len({letter.id for letter in claimed if letter}) == 3
    assert claimed[3] is None


def test_a_server_that_is_away_costs_nothing_but_time(here: Flask, config: Config, at: Callable[[int], None]) -> None:
    put()
    assert delivery.deliver_due(replace(config, smtp_url="smtp://127.0.0.1:1")) == 0
    at(START + MINUTE)
    assert delivery.deliver_due(config) == 1


def test_mail_crosses_a_network_encrypted() -> None:
    assert delivery._wants_tls("mail.example.org", None)
    assert delivery._wants_tls("localhost", "user")
    assert not delivery._wants_tls("localhost", None)
