"""CSS, JavaScript and icons, joined from small files into one of each, named by their content, kept in memory."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flask import Flask, Response, current_app, request, url_for

from course.config import Config
from course.errors import NotFound
from course.web.access import allow, anyone

FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    name: str
    hash: str
    body: bytes
    mimetype: str


TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
}


def asset_url(name: str) -> str:
    """The address of an asset (`app.css`, `app.js`, `icons.svg`, or any file in `static/`), by its content."""
    found = _all().get(name)
    return url_for("asset", hash=found.hash if found else "missing", name=name)


def install(app: Flask) -> None:
    app.add_url_rule("/static/<hash>/<path:name>", "asset", _serve)
    app.jinja_env.globals["asset_url"] = asset_url


@allow(anyone)
def _serve(hash: str, name: str) -> Response:
    found = _all().get(name)
    if found is None or found.hash != hash:
        raise NotFound(f"{name} is not here.")
    response = Response(found.body, mimetype=found.mimetype)
    response.headers["Cache-Control"] = FOREVER
    response.set_etag(found.hash)
    return response.make_conditional(request)  # type: ignore[return-value]


def _all() -> dict[str, Asset]:
    config: Config = current_app.config["COURSE"]
    return _read.__wrapped__() if config.development else _read()


@cache
def _read() -> dict[str, Asset]:
    root = files("course.web") / "static"
    found: dict[str, bytes] = {}
    for folder, joined in (("css", "app.css"), ("js", "app.js")):
        ending = "." + folder
        parts = (
            sorted((f for f in (root / folder).iterdir() if f.name.endswith(ending)), key=lambda f: f.name)
            if (root / folder).is_dir()
            else []
        )
        found[joined] = b"\n".join(part.read_bytes() for part in parts)
    if root.is_dir():
        for file in root.iterdir():
            if file.is_file() and "." + file.name.rsplit(".", 1)[-1] in TYPES:
                found[file.name] = file.read_bytes()
    return {name: _asset(name, body) for name, body in found.items()}


def _asset(name: str, body: bytes) -> Asset:
    return Asset(name, hashlib.sha256(body).hexdigest()[:16], body, TYPES["." + name.rsplit(".", 1)[-1]])
