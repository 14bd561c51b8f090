"""Attempts at quizzes, the responses in them, and how they were marked. Responses and markings only grow."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from course.db import Base, Key, micros, pk, short
from course.personal import ANSWERS, personal

AUTO = {"sqlite_autoincrement": True}
MILLION = 1_000_000


class Attempt(Base):
    """One try at a quiz, on the revision it was started on. `grade` in millionths, set when it is closed.

    `why` says how it was closed: submitted by the learner, or overdue at the deadline.
    """

    __tablename__ = "attempt"
    id: Mapped[pk]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int] = mapped_column(info=personal(ANSWERS, "stays"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    started: Mapped[micros] = mapped_column(info=personal(ANSWERS, "stays"))
    deadline: Mapped[micros | None] = mapped_column(info=personal(ANSWERS, "stays"))
    closed: Mapped[micros | None] = mapped_column(info=personal(ANSWERS, "stays"))
    why: Mapped[short | None] = mapped_column(info=personal(ANSWERS, "stays"))
    grade: Mapped[int | None] = mapped_column(info=personal(ANSWERS, "stays", exported=False))
    responses: Mapped[int] = mapped_column(default=0, info=personal(ANSWERS, "stays", exported=False))
    __table_args__ = (
        UniqueConstraint("enrolment_id", "item_id", "number"),
        Index(
            "uq_attempt_open",
            "enrolment_id",
            "item_id",
            unique=True,
            sqlite_where=text("closed IS NULL"),
            postgresql_where=text("closed IS NULL"),
        ),
        Index("ix_attempt_item_id_id", "item_id", "id"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("grade BETWEEN 0 AND 1000000", name="grade_within_range"),
        CheckConstraint("(closed IS NULL) = (why IS NULL)", name="closed_says_why"),
        CheckConstraint("why IN ('submitted', 'overdue')", name="why_is_known"),
        AUTO,
    )


class AttemptQuestion(Base):
    """A question that was drawn for an attempt. `arrangement` is the order of its choices (JSON list)."""

    __tablename__ = "attempt_question"
    id: Mapped[pk]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    position: Mapped[int] = mapped_column(info=personal(ANSWERS, "stays"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    question: Mapped[short] = mapped_column(info=personal(ANSWERS, "stays"))
    arrangement: Mapped[short] = mapped_column(info=personal(ANSWERS, "stays", exported=False))
    points: Mapped[int] = mapped_column(info=personal(ANSWERS, "stays"))
    __table_args__ = (
        UniqueConstraint("attempt_id", "position"),
        UniqueConstraint("attempt_id", "item_id"),
        CheckConstraint("points >= 0", name="points_not_negative"),
        AUTO,
    )


class Response(Base):
    """The answer to one question, as it was received. Append-only. The last in time (`late` false) counts.

    `value` is JSON in ids, or null where the answer was taken back; free text stands in `text` alone,
    so that erasing it leaves the rest. `number` counts all responses of the attempt from 1.
    """

    __tablename__ = "response"
    id: Mapped[pk]
    attempt_question_id: Mapped[int] = mapped_column(ForeignKey("attempt_question.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int] = mapped_column(info=personal(ANSWERS, "stays"))
    language: Mapped[short] = mapped_column(info=personal(ANSWERS, "stays"))
    # Ids of choices are never sent: an author may have given one a telling name. Pages say it in words.
    value: Mapped[short | None] = mapped_column(info=personal(ANSWERS, "typed", exported=False))
    text: Mapped[short | None] = mapped_column(info=personal(ANSWERS, "typed"))
    received: Mapped[micros] = mapped_column(info=personal(ANSWERS, "stays"))
    late: Mapped[bool] = mapped_column(default=False, info=personal(ANSWERS, "stays"))
    __table_args__ = (UniqueConstraint("attempt_id", "number"), AUTO)


class Save(Base):
    """A save that was acknowledged, by the key the page made: the same key and content get the same reply.

    `fingerprint` says what was sent and, after a dot, how many saves of this key came before: who goes Back twice
    sends the same content again, after another one.
    """

    __tablename__ = "save"
    id: Mapped[pk]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    key: Mapped[short] = mapped_column(info=personal(ANSWERS, "stays", exported=False))
    fingerprint: Mapped[short] = mapped_column(info=personal(ANSWERS, "emptied", exported=False))
    outcome: Mapped[short] = mapped_column(info=personal(ANSWERS, "stays", exported=False))
    received: Mapped[micros] = mapped_column(info=personal(ANSWERS, "stays", exported=False))
    __table_args__ = (
        UniqueConstraint("attempt_id", "key", "fingerprint"),
        CheckConstraint("length(key) BETWEEN 1 AND 64", name="key_is_short"),
        AUTO,
    )


class Marking(Base):
    """One grading of one response: fraction in millionths, by whom or by which scoring version. The latest counts.

    By nobody: the engine's, when the attempt was closed. With a `revision_id`: a regrade by that revision's key, with
    its reason. Else by a person: `levels` are the points picked in each row of the rubric (JSON list), `comment` is
    for the learner, and `reason` says why an earlier marking was set aside.
    """

    __tablename__ = "marking"
    id: Mapped[pk]
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), index=True)
    fraction: Mapped[int] = mapped_column(BigInteger, info=personal(ANSWERS, "stays", exported=False))
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[short] = mapped_column(info=personal(ANSWERS, "stays", exported=False))
    reason: Mapped[short] = mapped_column(default="", info=personal(ANSWERS, "emptied", exported=False))
    at: Mapped[micros] = mapped_column(info=personal(ANSWERS, "stays", exported=False))
    comment: Mapped[short] = mapped_column(
        default="", server_default="", info=personal(ANSWERS, "emptied", exported=False)
    )
    levels: Mapped[short | None] = mapped_column(info=personal(ANSWERS, "stays", exported=False))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    __table_args__ = (CheckConstraint("fraction BETWEEN 0 AND 1000000", name="fraction_within_range"), AUTO)


class Waiting(Base):
    """An answer that waits for a person's marking: what the queues show. A projection of responses and markings.

    `since` is when the attempt was closed; `item_id` the quiz.
    """

    __tablename__ = "waiting"
    response_id: Mapped[int] = mapped_column(Key, ForeignKey("response.id"), primary_key=True, autoincrement=False)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    since: Mapped[micros] = mapped_column(info=personal(ANSWERS))
    __table_args__ = (Index("ix_waiting_queue", "course_id", "item_id", "since", "response_id"),)


class Allowance(Base):
    """What one learner is allowed beyond a quiz's rules, by whom, when and why. `item_id` None: at every quiz.

    `attempts` more, `time` percent more of the time limit, and `closes`, the moment in which the quiz closes for them.
    Append-only. The latest for a quiz counts, beside the latest for every quiz: of each thing, what is more.
    """

    __tablename__ = "allowance"
    id: Mapped[pk]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    attempts: Mapped[int] = mapped_column(default=0, info=personal(ANSWERS, "stays"))
    time: Mapped[int] = mapped_column(default=0, info=personal(ANSWERS, "stays"))
    closes: Mapped[micros | None] = mapped_column(info=personal(ANSWERS, "stays"))
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[short] = mapped_column(info=personal(ANSWERS, "emptied"))
    at: Mapped[micros] = mapped_column(info=personal(ANSWERS, "stays"))
    __table_args__ = (
        CheckConstraint("attempts BETWEEN 0 AND 1000", name="attempts_within_range"),
        CheckConstraint("time BETWEEN 0 AND 1000", name="time_within_range"),
        CheckConstraint("length(reason) BETWEEN 1 AND 2000", name="reason_is_given"),
        AUTO,
    )


class Reset(Base):
    """A learner's attempts at a quiz, up to one's number, were set aside: by whom, when and why. Append-only.

    They count for nothing any more: not for the grade, and not as tries. What was completed stays so.
    """

    __tablename__ = "reset"
    id: Mapped[pk]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int] = mapped_column(info=personal(ANSWERS, "stays"))
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[short] = mapped_column(info=personal(ANSWERS, "emptied"))
    at: Mapped[micros] = mapped_column(info=personal(ANSWERS, "stays"))
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("length(reason) BETWEEN 1 AND 2000", name="reason_is_given"),
        AUTO,
    )
