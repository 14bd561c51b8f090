"""Frames: pages that thousands ask for, rendered once for all who get the same, with holes for what is one reader's.

A frame is rendered apart from the request that asks for it: at the same address, for a viewer without a name, without
the request's session, headers and cookies. So it can show nothing but what its key says. What is a reader's own is
either given with each request, or known to every page: `own_part`.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any

from flask import Flask, current_app, g, request, session
from flask_babel import gettext as _
from markupsafe import Markup, escape

from course.web.access import viewer
from course.web.display import COOKIE, display
from course.web.language import interface_language, path_language
from course.web.pages import page

MOST = 512
"""Frames that a worker keeps: 6 to 20 KB each. The oldest goes first."""
SOMEBODY = -1
"""Stands for a person in a frame."""
_MARK = secrets.token_hex(8)  # so that no text can hold what is taken for a hole
_HOLE = re.compile(f"<!--{_MARK} ([a-z_]+)-->")

Own = str | bytes
"""HTML as bytes or Markup; a plain text is escaped."""
Frame = tuple[Any, ...]
"""Bytes of HTML and, in every second place, the name of what goes in between."""


def install(app: Flask) -> None:
    own_part(app, "reader_name", lambda: viewer().name or _("My account"))
    own_part(app, "reader_initial", lambda: (viewer().name or "?")[0].upper())


def own_part(app: Flask, name: str, part: Callable[[], object]) -> None:
    """Let templates call `part` by this name, and leave a hole for it in frames: it is different for each reader."""
    app.jinja_env.globals[name] = part
    _parts(app)[name] = part


def framed(template: str, context: Callable[..., Mapping[str, Any]], key: tuple[Hashable, ...], **own: Own) -> bytes:
    """The page that a template makes of `context(*key)` and of what is this reader's `own`.

    Whoever asks at the same address for the same key gets the same frame. An address with a query, the reply to a
    form, and a page that tells of what was just done are for one reader anyway, and made as every other page is.
    """
    if request.method != "GET" or request.query_string or "_flashes" in session:
        return page(template, **context(*key), **{name: _trusted(part) for name, part in own.items()}).encode()
    frames: dict[Hashable, Frame] = current_app.extensions.setdefault("course.frames", {})
    who = viewer()
    among = (who.person is None, who.language, who.time_zone, who.admin, who.trains)
    place = (template, request.path, interface_language(), display(), among, key)
    frame = frames.get(place)
    if frame is None:
        frame = _made(template, context, key, own)
        if len(frames) >= MOST:
            frames.pop(next(iter(frames)), None)
        frames[place] = frame
    return filled(frame, own)


def hole(name: str) -> Markup:
    return Markup(f"<!--{_MARK} {name}-->")  # noqa: S704 - a name of ours


def split(html: str) -> Frame:
    """A frame from a text with holes."""
    return tuple(piece if at % 2 else piece.encode() for at, piece in enumerate(_HOLE.split(html)))


def filled(frame: Frame, own: Mapping[str, Own]) -> bytes:
    """The text of a frame, with the reader's own in its holes."""
    pieces, parts = list(frame), _parts(current_app)
    known: dict[str, Any] = dict(own)
    for at in range(1, len(pieces), 2):
        name = pieces[at]
        if name not in known:
            known[name] = parts[name]()
        part = known[name]
        pieces[at] = part if isinstance(part, bytes) else escape(part).encode()
    return b"".join(pieces)


def _made(
    template: str, context: Callable[..., Mapping[str, Any]], key: tuple[Hashable, ...], own: Mapping[str, Own]
) -> Frame:
    holes: dict[str, object] = {name: hole(name) for name in own}
    holes |= {name: lambda name=name: hole(name) for name in _parts(current_app)}
    who, languages = viewer(), (path_language(), interface_language())
    apart = current_app.test_request_context(request.path, headers={"Cookie": f"{COOKIE}={display().write()}"})
    with current_app.app_context(), apart:  # a context of its own, or `g` would be the request's
        g.lang, g.interface = languages
        g.viewer = who if who.person is None else replace(who, person=SOMEBODY, name="", session="")
        return split(page(template, **context(*key), **holes))


def _trusted(part: Own) -> str:
    return Markup(part.decode()) if isinstance(part, bytes) else part  # noqa: S704


def _parts(app: Flask) -> dict[str, Callable[[], object]]:
    parts: dict[str, Callable[[], object]] = app.extensions.setdefault("course.own parts", {})
    return parts
