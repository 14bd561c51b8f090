"""The forms of an admin's pages about people."""

from collections.abc import Sequence
from typing import Any

from wtforms import EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from course.people.forms import LANGUAGES, is_address
from course.people.rules import NAME_LONGEST, normal_username
from course.web.forms import Form
from course.web.forms import lazy as _l

Courses = Sequence[tuple[str, str]]
"""Ids and titles."""


def _name(label: str, **more: Any) -> StringField:
    return StringField(
        label,
        [Length(max=NAME_LONGEST, message=_l("Use at most 200 characters."))],
        render_kw={"maxlength": NAME_LONGEST, "autocomplete": "off"},
        **more,
    )


class InviteForm(Form):
    """One person to be invited."""

    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Give an e-mail address.")), is_address],
        filters=[lambda text: normal_username(text) if text else text],
        render_kw={"maxlength": 254, "autocomplete": "off"},
    )
    name = _name(_l("Name"), description=_l("They can change it when they open the account."))
    language = SelectField(_l("Language"), choices=LANGUAGES, description=_l("Of the e-mail, and of their pages."))
    role = RadioField(
        _l("What they may do"),
        choices=[
            SelectChoice("learner", _l("Learn")),
            SelectChoice("trainer", _l("Train the course chosen below: write it, and see and mark its learners")),
            SelectChoice("admin", _l("Administer this installation: everything, with people and their data")),
        ],
        default="learner",
    )
    course = SelectField(_l("Course"), validate_choice=True)

    def __init__(self, courses: Courses, **values: Any) -> None:
        super().__init__(**values)
        self.course.choices = [SelectChoice("", _l("None yet")), *(SelectChoice(*one) for one in courses)]


class CorrectForm(Form):
    """A name, and an address that nobody has confirmed."""

    name = _name(_l("Name"))
    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Give an e-mail address.")), is_address],
        filters=[lambda text: normal_username(text) if text else text],
        description=_l("Nobody has confirmed it yet. If you change it, the invitation goes to the new one."),
        render_kw={"maxlength": 254, "autocomplete": "off"},
    )


class SheetForm(Form):
    """Many people, as rows of a sheet."""

    rows = TextAreaField(
        _l("Rows"),
        [Length(max=300_000)],
        description=_l(
            "Copied from a spreadsheet, or as comma-separated values. The first row names the columns: "
            "name, email, username, language, course. Only name or email has to be there."
        ),
        render_kw={"rows": 10, "spellcheck": "false", "autocomplete": "off", "dir": "auto"},
    )
    language = SelectField(_l("Language, where a row names none"), choices=LANGUAGES)
    course = SelectField(_l("Enrol them in, where a row names no course"))

    def __init__(self, courses: Courses, **values: Any) -> None:
        super().__init__(**values)
        self.rows.flags.one_of_two = True  # rows, or a file: neither is optional
        self.course.choices = [SelectChoice("", _l("No course")), *(SelectChoice(*one) for one in courses)]
