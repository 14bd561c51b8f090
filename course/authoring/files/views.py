"""What an open page asks while files are watched: whether something new is published, and what is wrong.

Only there with `course serve --watch`: findings quote what an author wrote, and everybody could read them.
"""

from flask import Flask, Response, current_app, jsonify

from course.authoring.files.watching import read
from course.web.access import allow, anyone


def install(app: Flask) -> None:
    if app.config["COURSE"].watch:
        app.add_url_rule("/watch", "watch", _watch)


@allow(anyone)
def _watch() -> Response:
    response = jsonify(read(current_app.config["COURSE"].instance))
    response.headers["Cache-Control"] = "no-store"
    return response
