"""Who is looking, and who may use which route. A route without a declaration is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, g, request, session
from flask_babel import gettext as _

from course.errors import NotAllowed, NotFound, SignInNeeded


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. `person` is None for a visitor; `trains` holds course ids; `session` names this sign-in."""

    person: int | None = None
    name: str = ""
    language: str | None = None
    time_zone: str = "UTC"
    admin: bool = False
    trains: frozenset[str] = frozenset()
    session: str = ""


VISITOR = Viewer()
Rule = Callable[[Viewer, Mapping[str, Any]], bool]
Loader = Callable[[Mapping[str, Any]], Viewer]
View = TypeVar("View", bound=Callable[..., Any])


def anyone(_viewer: Viewer, _arguments: Mapping[str, Any]) -> bool:
    """Visitors too."""
    return True


def signed_in(viewer: Viewer, _arguments: Mapping[str, Any]) -> bool:
    """Everyone with an account."""
    return viewer.person is not None


def admin(viewer: Viewer, _arguments: Mapping[str, Any]) -> bool:
    """Admins of this installation."""
    return viewer.admin


def trainer(viewer: Viewer, arguments: Mapping[str, Any]) -> bool:
    """Trainers of the course in the route's argument `course`, and admins. To others there is no such page (404)."""
    return viewer.admin or arguments.get("course") in viewer.trains


def allow(rule: Rule) -> Callable[[View], View]:
    """Declare, beside the route, who may use it."""

    def declare(view: View) -> View:
        view.allowed = rule  # type: ignore[attr-defined]
        return view

    return declare


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """What was declared for a view, None for nothing (so nobody may use it)."""
    return getattr(view, "allowed", None)


def load_viewer_with(app: Flask, loader: Loader) -> None:
    """`loader` takes the session and returns who it belongs to, VISITOR where it belongs to nobody any more."""
    app.extensions["course.viewer"] = loader


def viewer() -> Viewer:
    """Who makes this request. Looked up once, when first asked for; never for a session without a sign-in."""
    if "viewer" not in g:
        loader = current_app.extensions.get("course.viewer")
        g.viewer = loader(session) if loader else VISITOR
    found: Viewer = g.viewer
    return found


def signed_in_viewer() -> int:
    """The id of the person who makes this request. Raises SignInNeeded for a visitor."""
    person = viewer().person
    if person is None:
        raise SignInNeeded(_("Sign in to do this."))
    return person


def install(app: Flask) -> None:
    app.before_request(_check)


def _check() -> None:
    if request.endpoint is None:  # no such page, or another method: routing says so itself
        return
    rule = rule_of(current_app.view_functions[request.endpoint])
    if rule is anyone:
        return
    if rule is None:
        raise NotAllowed(_("Nobody may use this page: it does not say who may."))
    if not rule(viewer(), request.view_args or {}):
        if viewer().person is None:
            raise SignInNeeded(_("Sign in to see this page."))
        if rule is trainer:  # whether there is such a page is not told, either
            raise NotFound
        raise NotAllowed(_("Your account may not use this page. If it should, ask an administrator."))
