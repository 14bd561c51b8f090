"""For whoever watches the installation: `/healthz` (this worker answers), `/readyz` (and so does its store)."""

from flask import Flask, Response
from sqlalchemy import text

from course.db import db
from course.web.access import allow, anyone


def install(app: Flask) -> None:
    app.add_url_rule("/healthz", "healthz", _alive)
    app.add_url_rule("/readyz", "readyz", _ready)


@allow(anyone)
def _alive() -> Response:
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})


@allow(anyone)
def _ready() -> Response:
    db.session.execute(text("SELECT 1 FROM account LIMIT 1"))
    return Response("ready\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})
