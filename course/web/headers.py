"""Headers of every response, errors included. No inline script or style, no third party, no frame."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, session

from course.config import Config

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
FIXED = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
ONE_YEAR = 365 * 24 * 3600
PERSONAL = "private, no-store"
"""For whatever belongs to one person: no cache keeps it, and the browser drops it when they leave."""


def install(app: Flask) -> None:
    app.wsgi_app = _Guarded(app.wsgi_app, app.config["COURSE"])  # type: ignore[method-assign]
    app.after_request(_keep_to_oneself)


def fixed(config: Config) -> list[tuple[str, str]]:
    """What goes out with every reply."""
    secure = [("Strict-Transport-Security", f"max-age={ONE_YEAR}; includeSubDomains")] if config.secure else []
    return [*FIXED.items(), *secure]


class _Guarded:
    """Adds the headers to whatever goes out, even where the application itself fails."""

    def __init__(self, inner: "WSGIApplication", config: Config) -> None:
        self.inner = inner
        self.fixed = fixed(config)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *failed: Any) -> Any:
            own = {name for name, _value in headers}  # a page may be stricter than all others
            return start_response(status, headers + [one for one in self.fixed if one[0] not in own], *failed)

        return self.inner(environ, start)


def _keep_to_oneself(response: Response) -> Response:
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = PERSONAL if _is_personal() else "no-cache"
    return response


def _is_personal() -> bool:
    viewer = g.get("viewer")
    return (viewer is not None and viewer.person is not None) or "csrf_token" in g or bool(session)
