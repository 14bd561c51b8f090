"""What anybody may look at: the catalogue, a course's glossary, its pictures and attachments."""

from flask import Blueprint, Flask, Response, request
from flask_babel import gettext as _

from course.catalogue import queries, store
from course.catalogue.published import Published
from course.catalogue.readers import readers_only
from course.catalogue.search import views as search
from course.content.paths import media_type
from course.errors import NotFound
from course.people.courses import courses_from
from course.web.access import allow, anyone
from course.web.language import offer_with, path_language
from course.web.pages import page

FOREVER = "public, max-age=31536000, immutable"
SEALED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For a picture or attachment that is opened by itself: it runs nothing, and loads nothing."""
SHOWN = ("image/", "audio/", "video/", "text/vtt")
"""Kinds of file that a page shows; all others are saved."""

pages = Blueprint("catalogue", __name__, url_prefix="/<lang>/courses", template_folder="templates")
assets = Blueprint("assets", __name__)


def install(app: Flask) -> None:
    queries.keep(app)
    app.register_blueprint(pages)
    app.register_blueprint(assets)
    search.install(app)
    courses_from(app, lambda: [published.slug for published in queries.courses()])
    offer_with(app, lambda: {tag for published in queries.courses() for tag in published.outline.languages})


@pages.get("/")
@allow(anyone)
def courses() -> str:
    """Every published course."""
    found = queries.courses()
    return page("catalogue/courses.html", courses=[_card(published) for published in found])


def _card(published: Published) -> dict[str, object]:
    outline = published.outline
    language = path_language()
    return {
        "slug": published.slug,
        "title": published.text(outline.titles, language),
        "description": published.text(outline.descriptions, language),
        "lang": language if language in outline.titles else outline.source_language,
        "languages": list(outline.languages),
        "lessons": len(outline.lessons),
        "minutes": sum(lesson.minutes for lesson in outline.lessons),
    }


@pages.get("/<course>/glossary/")
@allow(anyone)
def glossary(course: str) -> str:
    """The terms of a course, in alphabetical order of their language."""
    published = queries.published(course)
    readers_only(published)
    return page(
        "catalogue/glossary.html",
        course=published.slug,
        course_title=published.text(published.outline.titles, path_language()),
        glossary=queries.glossary(published, path_language()),
        languages=list(published.outline.languages),
    )


@assets.get("/assets/<hash>/<name>")
@allow(anyone)
def asset(hash: str, name: str) -> Response:
    """A picture or attachment, named by the SHA-256 of its bytes, so that it can be kept for ever."""
    path = store.asset_path(hash, name)
    if path is None:
        raise NotFound(_("There is no such picture or file."))
    kind = media_type(path)
    body = store.blob(hash)
    response = Response(body, mimetype=kind)
    response.headers["Cache-Control"] = FOREVER
    response.headers["Content-Security-Policy"] = SEALED
    response.headers.set("Content-Disposition", "inline" if kind.startswith(SHOWN) else "attachment", filename=name)
    response.set_etag(hash[:32])
    # Parts may be asked for: some players show no video without.
    return response.make_conditional(request, accept_ranges=True, complete_length=len(body))  # type: ignore[return-value]
