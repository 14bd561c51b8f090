"""A translation beside its source, section by section."""

from flask import Response, request
from flask_babel import gettext as _

from course import clock
from course.authoring import actions, aligned, pages, queries, text
from course.authoring.actions import Clash
from course.authoring.views.blueprint import blueprint
from course.web.access import allow, signed_in_viewer, trainer
from course.web.language import path_language
from course.web.pages import notice, page, see_other

TRANSLATION = "/translations/<path:path>"


@blueprint.get(TRANSLATION)
@allow(trainer)
def translation(course: str, path: str) -> str:
    """Each section of the source, what changed in it, and the translation to bring up to date."""
    state = queries.state(course)
    both = aligned.pair(state, path)
    found = list(aligned.sections(state, both))
    return page(
        "authoring/translation.html",
        **pages.common(state, path_language()),
        both=both,
        sections=found,
        language=pages.known(state, path).language,
        source_language=state.published.outline.source_language,
        current=sum(section.unit.state == "current" for section in found),
    )


@blueprint.post(TRANSLATION)
@allow(trainer)
def translate(course: str, path: str) -> Response:
    """Save all sections to the draft; where somebody else saved the file meanwhile, both texts are shown."""
    state, by, at = queries.state(course), signed_in_viewer(), clock.now()
    both, base = aligned.pair(state, path), request.form.get("base", "")
    made = aligned.written(both, request.form)
    try:
        changed = actions.save(course, path, text.written(made, queries.body(state, path)), base, by, at)
    except Clash:
        actions.keep(course, path, made, base, by, at)
        notice(_("Somebody else has saved this file meanwhile. Your words are below: save them to see both together."))
        return see_other("authoring.file", course=course, path=path)
    if changed:
        notice(_("Saved in the draft. Learners see it when the course is published."))
    else:
        notice(_("Nothing has changed: the draft has these words already."))
    return see_other("authoring.translation", course=course, path=path)
