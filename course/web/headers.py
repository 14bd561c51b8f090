"""Headers of every response, errors included. No inline script or style, no third party, no frame."""

from flask import Flask, Response, g, session

from course.config import Config

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
    config: Config = app.config["COURSE"]
    fixed = dict(FIXED)
    if config.secure:
        fixed["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"

    @app.after_request
    def _add(response: Response) -> Response:
        headers = response.headers
        for name, value in fixed.items():
            headers.setdefault(name, value)
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = PERSONAL if _is_personal() else "no-cache"
        return response


def _is_personal() -> bool:
    viewer = g.get("viewer")
    return (viewer is not None and viewer.person is not None) or "csrf_token" in g or bool(session)
