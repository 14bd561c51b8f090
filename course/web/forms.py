"""The base of every form, and words that are chosen when the page is made."""

from collections.abc import Sequence
from typing import Any, cast

from flask import request
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import Form as BaseForm
from wtforms.i18n import get_translations

from course.web.language import interface_language


def lazy(message: str) -> str:
    """A message in the interface's language, looked up when it is shown (form labels are made before that)."""
    return cast("str", lazy_gettext(message))


class Form(BaseForm):
    """A form, filled from the request unless other data are given.

    Its CSRF token was checked, as for every write, before the view was reached.
    """

    class Meta:
        def get_translations(self, _form: BaseForm) -> Any:
            return get_translations([interface_language()])

    def __init__(self, data: MultiDict[str, str] | None = None, obj: object = None, **values: Any) -> None:
        sent = request.form if data is None and request.method == "POST" else data
        super().__init__(sent, obj, **values)

    def is_submitted(self) -> bool:
        return request.method == "POST"

    def validate_on_submit(self) -> bool:
        """Whether the form was sent, and everything in it fits."""
        return self.is_submitted() and self.validate()

    def refuse(self, field: str, message: str) -> None:
        """Say, at a field, what a check found that needs more than the form."""
        found = self[field]
        errors: Sequence[str] = found.errors
        found.errors = [*errors, message]
