"""CSS, JavaScript, icons and pictures: joined from small files, named by their content, kept in memory.

`static/css/*.css` become `app.css` and `static/js/*.js` one module, `app.js`, in the order of their names; other
files in `static/` keep their name: what only some pages need and load themselves, such as `quiz.css` and `attempt.js`;
`offline.js` is loaded by app.js when the page is there, `worker.js` is served as `/sw.js`. A new content is a new
address, so browsers may keep what they have for ever.
"""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from flask import Flask, Response, current_app, request, url_for
from flask_babel import gettext as _

from course.config import Config
from course.errors import NotFound
from course.web.access import allow, anyone
from course.web.compression import ONCE, SMALLEST, chosen

FOREVER = "public, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
}
# Comments are for who reads the files; a phone need not load them. (No string in them holds these marks.)
CSS_COMMENT = re.compile(rb"/\*.*?\*/\n?", re.DOTALL)
JS_COMMENT = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)
PACKED_ALREADY = frozenset({"image/png", "image/webp", "image/avif"})


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served; `packed` fills as readers ask for an encoding."""

    name: str
    hash: str
    body: bytes
    mimetype: str
    packed: dict[str, bytes] = field(default_factory=dict)


def asset_url(name: str) -> str:
    """The address of an asset (`app.css`, `app.js`, `icons.svg`), which changes with its content."""
    found = assets().get(name)
    if found is None:
        raise LookupError(f"There is no asset {name} in course/web/static")
    return url_for("asset", hash=found.hash, name=name)


def assets() -> dict[str, Asset]:
    """All assets by name. While developing, the files are read again each time."""
    config: Config = current_app.config["COURSE"]
    return _read() if config.development else _kept()


def install(app: Flask) -> None:
    app.add_url_rule("/static/<hash>/<name>", "asset", _serve)
    app.jinja_env.globals["asset_url"] = asset_url


@allow(anyone)
def _serve(hash: str, name: str) -> Response:
    found = assets().get(name)
    if found is None or found.hash != hash:
        raise NotFound(_("There is no page at this address."))
    response = reply(found)
    response.headers["Cache-Control"] = FOREVER
    return response


def reply(asset: Asset) -> Response:
    """A response with an asset, packed as small as the browser can take it."""
    response = Response(asset.body, mimetype=asset.mimetype)
    response.set_etag(asset.hash, weak=True)
    if asset.mimetype not in PACKED_ALREADY and len(asset.body) >= SMALLEST:
        response.vary.add("Accept-Encoding")
        encoding = chosen(request.headers.get("Accept-Encoding", ""), tuple(ONCE))
        if encoding:
            response.set_data(_packed(asset, encoding))
            response.headers["Content-Encoding"] = encoding
    response.make_conditional(request)
    return response


def _packed(asset: Asset, encoding: str) -> bytes:
    if encoding not in asset.packed:
        asset.packed[encoding] = ONCE[encoding](asset.body)
    return asset.packed[encoding]


@cache
def _kept() -> dict[str, Asset]:
    return _read()


def _read() -> dict[str, Asset]:
    static = files("course.web") / "static"
    found = {
        "app.css": CSS_COMMENT.sub(b"", _joined(static / "css", ".css")),
        "app.js": JS_COMMENT.sub(b"", _joined(static / "js", ".js")),
    }
    for file in static.iterdir():
        if file.is_file() and _ending(file.name) in TYPES:
            body = file.read_bytes()
            found[file.name] = JS_COMMENT.sub(b"", body) if file.name.endswith(".js") else body
    return {name: made(name, body) for name, body in found.items()}


def _joined(folder: Traversable, ending: str) -> bytes:
    if not folder.is_dir():
        return b""
    parts = sorted((file for file in folder.iterdir() if file.name.endswith(ending)), key=lambda file: file.name)
    return b"".join(part.read_bytes().rstrip() + b"\n" for part in parts)


def made(name: str, body: bytes) -> Asset:
    """An asset, named by its content."""
    return Asset(name, hashlib.sha256(body).hexdigest()[:16], body, TYPES[_ending(name)])


def _ending(name: str) -> str:
    return "." + name.rsplit(".", 1)[-1]
