"""The form by which a learner is allowed more."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import get_timezone
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateTimeLocalField, IntegerField, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length
from wtforms.widgets import TextInput

from course.clock import MICROSECONDS
from course.learning.assessment.actions import LONGEST_REASON, MOST_ATTEMPTS, MOST_TIME
from course.learning.assessment.models import Allowance
from course.people.time_zones import zone_name
from course.web.forms import Form
from course.web.forms import lazy as _l
from course.web.language import interface_language

EVERY = "*"
"""In place of a quiz's id: every quiz of the course."""
MINUTE = 60 * MICROSECONDS
TEN_YEARS = 10 * 366 * 24 * 60 * MINUTE


class WholeNumber(IntegerField):
    """A number from 0 to `most`; nothing written is 0. A text field, so that what does not fit is still there."""

    widget = TextInput()

    def __init__(self, label: str, most: int, **more: Any) -> None:
        super().__init__(label, **more)
        self.most = most

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = 0
        if not text:
            return
        if not (text.isascii() and text.isdecimal() and len(text) < 9 and int(text) <= self.most):
            raise ValueError(_("Write a whole number, %(most)s at most.", most=self.most))
        self.data = int(text)


class Moment(DateTimeLocalField):
    """A day and a time in the reader's time zone."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([text for text in valuelist if text.strip()])
        except ValueError:
            raise ValueError(_("Write day and time, such as 2026-12-31 18:00.")) from None


class ResetForm(Form):
    quiz = SelectField(_l("Quiz"), [InputRequired(_l("Choose a quiz."))], id="reset-quiz", validate_choice=False)
    why = TextAreaField(
        _l("Reason"),
        [
            InputRequired(_l("Say why. Whoever looks later wants to know.")),
            Length(max=LONGEST_REASON, message=_l("Use at most 2,000 characters.")),
        ],
        filters=[lambda text: text.strip() if text else text],
        description=_l("The learner reads it on the quiz’s page."),
        render_kw={"rows": 2, "maxlength": LONGEST_REASON, "dir": "auto"},
        id="reset-why",
    )

    def __init__(self, quizzes: Sequence[tuple[str, str]], data: MultiDict[str, str] | None = None) -> None:
        """`quizzes`: ids and titles. With `data`, it is filled from that and not from the request."""
        super().__init__(data)
        self.known = {name for name, _title in quizzes}
        self.quiz.choices = [SelectChoice("", _("Choose")), *(SelectChoice(*one) for one in quizzes)]

    def validate_quiz(self, field: SelectField) -> None:
        if field.data not in self.known:
            raise ValidationError(_("Choose a quiz."))


class AllowForm(Form):
    quiz = SelectField(
        _l("Quiz"),
        [InputRequired(_l("Choose a quiz, or every quiz of the course."))],
        validate_choice=False,
    )
    attempts = WholeNumber(_l("Extra attempts"), MOST_ATTEMPTS, render_kw={"inputmode": "numeric"})
    time = WholeNumber(_l("Extra time, in percent"), MOST_TIME, render_kw={"inputmode": "numeric"})
    closes = Moment(_l("Later closing"))
    reason = TextAreaField(
        _l("Reason"),
        [
            InputRequired(_l("Say why. Whoever looks later wants to know.")),
            Length(max=LONGEST_REASON, message=_l("Use at most 2,000 characters.")),
        ],
        filters=[lambda text: text.strip() if text else text],
        description=_l(
            "The learner reads it on the quiz’s page, the course’s trainers read it here. "
            "Leave out what is private, such as an illness."
        ),
        render_kw={"rows": 3, "maxlength": LONGEST_REASON, "dir": "auto"},
    )
    less = BooleanField(_l("It may be less than was allowed before"))

    def __init__(self, quizzes: Sequence[tuple[str, str]], now: int, **values: Any) -> None:
        """`quizzes`: ids and titles. `now` in microseconds UTC: a closing before it is refused."""
        super().__init__(**values)
        self.now = now
        first = [("", _("Choose")), (EVERY, _("Every quiz of the course"))]
        self.known = {EVERY, *(name for name, _title in quizzes)}
        self.quiz.choices = [SelectChoice(value, title) for value, title in [*first, *quizzes]]
        self.time.description = _("50 turns 30 minutes into 45. An attempt under way gets it at once.")
        self.closes.description = _("In your time zone: %(zone)s.", zone=zone_name(str(_zone()), interface_language()))

    @classmethod
    def filled(cls, quizzes: Sequence[tuple[str, str]], now: int, quiz: str, before: Allowance | None) -> "AllowForm":
        """The form for a quiz, with what was allowed there before."""
        if before is None:
            return cls(quizzes, now, quiz=quiz)
        closes = None if before.closes is None else datetime.fromtimestamp(before.closes / MICROSECONDS, _zone())
        return cls(quizzes, now, quiz=quiz, attempts=before.attempts, time=before.time, closes=closes)

    @property
    def moment(self) -> int | None:
        """The later closing in microseconds UTC."""
        if self.closes.data is None:
            return None
        return int(self.closes.data.replace(tzinfo=_zone()).timestamp()) * MICROSECONDS

    @property
    def more(self) -> tuple[int, int]:
        """Attempts, and percent of the time."""
        return self.attempts.data or 0, self.time.data or 0

    @property
    def is_empty(self) -> bool:
        return not (any(self.more) or self.closes.data)

    def is_less(self, before: Allowance) -> bool:
        """Whether something of what was allowed before would be taken back. Closings are told apart by minutes."""
        sooner = before.closes is not None and (self.moment or 0) // MINUTE < before.closes // MINUTE
        attempts, time = self.more
        return attempts < before.attempts or time < before.time or sooner

    def validate_reason(self, field: TextAreaField) -> None:
        if not field.data:
            raise ValidationError(_("Say why. Whoever looks later wants to know."))

    def validate_quiz(self, field: SelectField) -> None:
        if field.data not in self.known:
            raise ValidationError(_("Choose a quiz, or every quiz of the course."))

    def validate_closes(self, field: Moment) -> None:
        if field.data is not None and not self.now < (self.moment or 0) < self.now + TEN_YEARS:
            raise ValidationError(_("Name a moment that is to come, within ten years."))


def _zone() -> ZoneInfo:
    """The reader's time zone."""
    return ZoneInfo(str(get_timezone() or UTC))
