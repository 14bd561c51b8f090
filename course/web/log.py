"""One structured line for each request. The route's pattern stands for the path, so no token is ever written."""

import sys
import time
from contextlib import suppress

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("course.request")


def install(app: Flask) -> None:
    configure()
    app.before_request(_begin)
    app.after_request(_tell)


def configure() -> None:
    """Lines for people on a terminal, JSON elsewhere. Line breaks in values stay escaped either way."""
    if structlog.is_configured():
        return
    terminal = sys.stdout.isatty()
    renderer = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if terminal else [structlog.processors.format_exc_info]),
            renderer,
        ],
        logger_factory=_Output,
        cache_logger_on_first_use=True,
    )


class _Output:
    """Writes lines to what standard output is at that moment. Where that is a file on a full disk, they are lost:
    people go on reading.
    """

    def __init__(self, *_names: str) -> None:
        pass

    def msg(self, line: str) -> None:
        with suppress(OSError):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    debug = info = warning = error = critical = exception = msg


def _begin() -> None:
    g.began = time.perf_counter()


def _tell(response: Response) -> Response:
    viewer = g.get("viewer")
    log.info(
        "request",
        method=request.method,
        route=request.url_rule.rule if request.url_rule else "-",
        status=response.status_code,
        ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        person=viewer.person if viewer else None,
    )
    return response
