"""What the service worker needs of the server: itself, a page for when nothing else is there, a fresh form token.

A page tells the worker whose it is (`data-reader`), so that on a shared phone nobody is shown what another one kept.
"""

import json
from functools import lru_cache
from hashlib import blake2b

from flask import Blueprint, Flask, Response, current_app, jsonify, session

from course.web import forgery
from course.web.access import allow, anyone, viewer
from course.web.assets import Asset, asset_url, assets, made, reply
from course.web.frames import own_part
from course.web.pages import page

blueprint = Blueprint("offline", __name__)
LOADED = ("app.css", "app.js", "offline.js", "icons.svg")
"""What every page loads."""
OWN_DEVICE, SHARED_DEVICE = 30 * 24, 12
"""Hours for which what was kept stays readable, as the sign-in is meant to last (see `people.sessions`)."""


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    own_part(app, "reader", reader)
    own_part(app, "hours_kept", hours_kept)


def reader() -> str:
    """A name for the viewer that tells nothing about them; "" for a visitor."""
    person = viewer().person
    return "" if person is None else _named(person, current_app.config["SECRET_KEY"])


@lru_cache(4096)
def _named(person: int, key: str) -> str:
    return blake2b(f"reader {person}".encode(), key=key.encode()[:64], digest_size=6).hexdigest()


def hours_kept() -> int:
    """Hours for which the viewer's pages may be read from the device."""
    return OWN_DEVICE if viewer().person is None or session.permanent else SHARED_DEVICE


@blueprint.get("/sw.js")
@allow(anyone)
def worker() -> Response:
    """The service worker. Its text names the files that pages load, so that another content is another worker."""
    response = reply(_worker(tuple(asset_url(name) for name in LOADED), assets()["worker.js"].body))
    response.headers["Cache-Control"] = "no-cache"
    return response


@lru_cache(4)
def _worker(files: tuple[str, ...], text: bytes) -> Asset:
    return made("sw.js", f"const FILES = {json.dumps(files)}\n".encode() + text)


@blueprint.get("/form-token")
@allow(anyone)
def form_token() -> Response:
    """A token for forms that were filled in without a connection, and who it is for. Visitors' forms need none."""
    token = forgery.token() if viewer().person is not None else ""
    response = jsonify(csrf_token=token, reader=reader())
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/<lang>/offline")
@allow(anyone)
def show() -> str:
    """What is possible without a connection, and the words in which scripts speak of it."""
    return page("offline.html")
