"""The server under test: `course serve` as it is shipped, with a bare Flask "hello" beside it on the same workers.

Both run in the same processes, behind the same server, so that a ratio between them says what the
application costs. Settings come from the environment, as for `course serve`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from course import serve
from course.config import Config

HELLO = "/bench-hello"


def hello() -> Flask:
    """The smallest Flask application."""
    app = Flask("hello")
    app.add_url_rule(HELLO, "hello", lambda: "Hello")
    return app


class Beside:
    """Sends `/bench-hello` to the bare application, everything else to the one that is measured."""

    def __init__(self, application: Any) -> None:
        self.application, self.hello = application, hello()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        chosen = self.hello if environ["PATH_INFO"] == HELLO else self.application
        return chosen(environ, start_response)


def main() -> None:
    load = serve.load
    serve.load = lambda target: Beside(load(target))  # type: ignore[assignment]
    serve.serve(Config.from_environment())


if __name__ == "__main__":
    main()
