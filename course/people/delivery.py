"""Delivering the outbox: by SMTP where it is configured, else as files in `instance/outbox/`.

A letter is claimed before it is handed over. Where a handing over failed for certain it is tried again, later and
later; where nobody can know (the process died in between) it is not, because a second letter confuses more than
a missing one. A file is written under the letter's own name, so there a second time does no harm.
"""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy import or_, select, update

from course import clock
from course.config import Config
from course.db import db, transaction
from course.people.models import Mail
from course.people.outbox import one_line
from course.people.rules import DAY, MINUTE

log = structlog.get_logger("course.mail")

SENDING = "being sent"
"""What `failure` says while a letter is handed over."""
LEASE = 5 * MINUTE
PAUSES = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * 60 * MINUTE, 6 * 60 * MINUTE, DAY)
"""Before the second try, the third, and so on; after the last one it is given up."""
SECONDS_TO_CONNECT = 20


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that this process delivers, as plain values."""

    id: int
    key: str
    recipient: str
    subject: str
    body: str
    created: int
    tries: int


class _OutcomeUnknown(Exception):
    """The connection broke while the letter was handed over."""


def deliver_due(config: Config) -> int:
    """Deliver what is due, one transaction for each letter. Returns how many were sent."""
    sent = 0
    while claimed := _claim(config):
        try:
            failure = _hand_over(config, claimed)
        except _OutcomeUnknown:
            log.error("nobody knows whether the mail was taken; it is not sent again", letter=claimed.id)
            continue
        _note(claimed, failure)
        sent += failure is None
    return sent


def message(config: Config, letter: Claimed) -> EmailMessage:
    """The letter as it goes out. Its id is the letter's own, so that a receiver can tell a second copy."""
    made = EmailMessage(policy=SMTP)
    domain = parseaddr(config.mail_from)[1].rpartition("@")[2] or "localhost"
    made["From"] = one_line(config.mail_from)
    made["To"] = one_line(letter.recipient)
    made["Subject"] = one_line(letter.subject)
    made["Date"] = format_datetime(datetime.fromtimestamp(letter.created / clock.MICROSECONDS, UTC))
    made["Message-ID"] = f"<{letter.key}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.body)
    return made


def _claim(config: Config) -> Claimed | None:
    now = clock.now()
    again_from_files = [Mail.failure == SENDING] if not config.smtp_url else []
    open_ = or_(Mail.failure.is_(None), Mail.failure != SENDING, *again_from_files)
    with transaction():
        query = select(Mail).where(Mail.sent.is_(None), Mail.due <= now, Mail.tries <= len(PAUSES), open_)
        found = db.session.scalar(query.order_by(Mail.due).limit(1).with_for_update(skip_locked=True))
        if found is None:
            return None
        found.tries, found.failure, found.due = found.tries + 1, SENDING, now + LEASE
        return Claimed(found.id, found.key, found.recipient, found.subject, found.body, found.created, found.tries)


def _hand_over(config: Config, letter: Claimed) -> str | None:
    """None, or why it failed for certain."""
    try:
        if config.smtp_url:
            _by_smtp(config, message(config, letter))
        else:
            _as_file(config, letter)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # Without the address, which a refusal repeats: this is logged, and outlives the account.
        return one_line(f"{type(error).__name__}: {error}".replace(letter.recipient, "(recipient)"))[:300]
    return None


def _as_file(config: Config, letter: Claimed) -> None:
    folder = config.instance / "outbox"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{letter.created}-{letter.id}.eml"
    half = path.with_suffix(".part")
    half.write_bytes(message(config, letter).as_bytes())
    half.chmod(0o600)
    half.rename(path)
    log.info("mail written", file=str(path))


def _by_smtp(config: Config, made: EmailMessage) -> None:
    target = urlsplit(config.smtp_url)
    host, secure = target.hostname or "localhost", ssl.create_default_context()
    if target.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, target.port or 465, timeout=SECONDS_TO_CONNECT, context=secure)
    else:
        server = smtplib.SMTP(host, target.port or 587, timeout=SECONDS_TO_CONNECT)
    try:
        if target.scheme != "smtps" and _wants_tls(target.hostname, target.username):
            server.starttls(context=secure)
        if target.username:
            server.login(unquote(target.username), unquote(target.password or ""))
        try:
            server.send_message(made)
        except (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError) as error:
            raise _OutcomeUnknown from error
        with suppress(smtplib.SMTPException, OSError):  # the letter was taken: a rude good-bye is no failure
            server.quit()
    finally:
        server.close()


def _wants_tls(host: str | None, user: str | None) -> bool:
    """Mail and passwords cross a network encrypted; a relay on this machine needs none."""
    return user is not None or host not in {"localhost", "127.0.0.1", "::1"}


def _note(letter: Claimed, failure: str | None) -> None:
    now = clock.now()
    values: dict[str, object] = {"sent": now, "failure": None, "body": ""}
    if failure is not None:
        pause = PAUSES[min(letter.tries, len(PAUSES)) - 1]
        values = {"failure": failure, "due": now + pause}
        log.warning("mail not sent", letter=letter.id, tries=letter.tries, failure=failure)
    else:
        log.info("mail sent", letter=letter.id)
    with transaction():
        db.session.execute(update(Mail).where(Mail.id == letter.id).values(**values))
