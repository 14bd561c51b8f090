"""What no page expects is refused before any page sees it."""

from flask import Flask, request
from flask_babel import gettext as _

from course.errors import Invalid


def install(app: Flask) -> None:
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """A NUL is no text: one database stores it, another fails on it, and nobody can type it."""
    address = request.environ.get("QUERY_STRING", "")
    found = "\0" in request.path or "%00" in address
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        found = found or any("\0" in text for values in request.form.listvalues() for text in values)
        found = found or any("\0" in name for name in request.form)
    if found:
        raise Invalid(_("What was sent holds characters that are no text."))
