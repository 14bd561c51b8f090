"""The shell: layout, error pages, headers, assets, access. Rooms are hung into what `make_app` returns."""

from flask import Flask

from course.config import Config


def make_app(config: Config) -> Flask:
    """An application without rooms: store, language, access, errors, forgery, headers, assets."""
    from course.web import (
        access,
        app,
        assets,
        compression,
        display,
        errors,
        forgery,
        frames,
        headers,
        health,
        input,
        language,
        lengths,
        limits,
        log,
        offline,
        pages,
        words,
    )

    made = app.new(config)
    parts = (log, compression, language, words, pages, frames, input, forgery, access, errors, assets, headers, health)
    for part in (*parts, lengths, limits):
        part.install(made)
    made.register_blueprint(display.blueprint)
    offline.install(made)
    made.jinja_env.globals["watching"] = config.watch
    if config.development:
        from course.web import style

        made.register_blueprint(style.blueprint)
    return made
