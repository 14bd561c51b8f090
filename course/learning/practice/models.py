"""What a learner has met and when it is due again. Made from the event log, and kept so that a page asks once."""

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from course.db import Base, micros, pk
from course.personal import PRACTISING, personal

AUTO = {"sqlite_autoincrement": True}


class Card(Base):
    """A question in a learner's practice. `quiz_item_id` is its quiz, none for a question of a lesson.

    `stability` (days) and `difficulty` (1 to 10) are FSRS's; `met` is when the question was answered last, `due` when
    it is to be asked again. `turn` counts its reviews: a form says which of them it is for. `reviewed` is the last.
    """

    __tablename__ = "card"
    id: Mapped[pk]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    quiz_item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    stability: Mapped[float] = mapped_column(Double, info=personal(PRACTISING, exported=False))
    difficulty: Mapped[float] = mapped_column(Double, info=personal(PRACTISING, exported=False))
    met: Mapped[micros] = mapped_column(info=personal(PRACTISING))
    due: Mapped[micros] = mapped_column(info=personal(PRACTISING))
    turn: Mapped[int] = mapped_column(default=0, info=personal(PRACTISING))
    reviewed: Mapped[micros | None] = mapped_column(info=personal(PRACTISING))
    __table_args__ = (
        UniqueConstraint("enrolment_id", "item_id"),
        Index("ix_card_due", "enrolment_id", "due"),
        CheckConstraint("stability > 0", name="stability_is_positive"),
        CheckConstraint("difficulty BETWEEN 1 AND 10", name="difficulty_within_range"),
        CheckConstraint("due > met", name="due_after_met"),
        CheckConstraint("turn >= 0", name="turn_not_negative"),
        CheckConstraint("(turn = 0) = (reviewed IS NULL)", name="turns_are_dated"),
        AUTO,
    )


class Pause(Base):
    """A time in which a learner's practice rests; open while `ended` is not there."""

    __tablename__ = "practice_pause"
    id: Mapped[pk]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    at: Mapped[micros] = mapped_column(info=personal(PRACTISING))
    ended: Mapped[micros | None] = mapped_column(info=personal(PRACTISING))
    __table_args__ = (
        Index(
            "uq_practice_pause_open",
            "enrolment_id",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
        CheckConstraint("ended >= at", name="ends_after_it_began"),
        AUTO,
    )
