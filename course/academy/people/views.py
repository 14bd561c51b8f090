"""Pages for admins: the people of this installation, one person, and what is done with an account."""

from flask import Blueprint, Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course import clock
from course.academy.people import pages
from course.academy.people.forms import CorrectForm, InviteForm
from course.catalogue import queries as catalogue
from course.errors import Conflict, Invalid, NotFound
from course.learning.reading import actions as reading
from course.people import inviting, managing
from course.people.queries import account, by_identifier
from course.web.access import admin, allow, signed_in_viewer
from course.web.language import interface_language
from course.web.pages import notice, page, see_other

blueprint = Blueprint("admin_people", __name__, url_prefix="/<lang>/people", template_folder="templates")
PERSON = "/<int(max=9223372036854775807):person>/"


def install(app: Flask) -> None:
    from course.academy.people import sheet_views  # noqa: F401  (it adds its routes)

    app.register_blueprint(blueprint)


@blueprint.get("/")
@allow(admin)
def people() -> str:
    """Everybody with an account, or those whom the address asks for."""
    return page("academy/people/people.html", **pages.people())


@blueprint.route("/invitations", methods=["GET", "POST"])
@allow(admin)
def invite() -> ResponseReturnValue:
    """Ask one person in."""
    form = InviteForm(list(pages.courses().items()), language=interface_language())
    if not (form.validate_on_submit() and _fits(form)):
        html = page("academy/people/invite.html", form=form)
        return html, 422 if form.is_submitted() else 200
    by, course = signed_in_viewer(), form.course.data or ""
    role = form.role.data
    given = course if role == "trainer" else ""
    found = inviting.invite(
        form.email.data or "", by=by, name=form.name.data or "", language=form.language.data, role=role, course=given
    )
    if course and role == "learner":
        reading.enrol(found.person_id, catalogue.published(course), clock.now())
    notice(_("The invitation to %(email)s is on its way. It works for 14 days.", email=found.email))
    return see_other("admin_people.person", person=found.person_id)


def _fits(form: InviteForm) -> bool:
    """What the form alone cannot know, said at the field."""
    if by_identifier(form.email.data or "") is not None:
        form.refuse("email", _("This address has an account already: find it in the list of people."))
    if form.role.data == "trainer" and not form.course.data:
        form.refuse("course", _("Choose the course that this person is to train."))
    return not form.errors


@blueprint.get(PERSON)
@allow(admin)
def person(person: int) -> str:
    """One person: how the account stands, what they may do, and what can be done."""
    return _page(person, None)


@blueprint.post(PERSON + "account")
@allow(admin)
def correct(person: int) -> ResponseReturnValue:
    """Correct the name, or an address that was mistyped."""
    found = account(person)
    if found is None:
        raise NotFound
    form = CorrectForm()
    is_open = found.confirmed is None and found.email is not None
    if not is_open:
        del form.email
    if not form.validate():
        return _page(person, form), 422
    wished = form.email.data if is_open else None
    try:
        managing.correct(person, name=form.name.data or "", email=wished, by=signed_in_viewer())
    except Conflict as refused:
        if not is_open:
            raise
        form.refuse("email", str(refused))
        return _page(person, form), 409
    notice(_("Saved."))
    return _back(person)


@blueprint.post(PERSON + "invitation")
@allow(admin)
def invite_again(person: int) -> Response:
    """Send the invitation once more, with a new link."""
    found = account(person)
    if found is None:
        raise NotFound
    inviting.invite_again(found, by=signed_in_viewer())
    notice(_("The invitation to %(email)s is on its way. It works for 14 days.", email=found.email))
    return _back(person)


@blueprint.post(PERSON + "deactivation")
@allow(admin)
def deactivate(person: int) -> Response:
    managing.deactivate(person, by=signed_in_viewer())
    notice(_("This account is deactivated, and all its devices are signed out."))
    return _back(person)


@blueprint.post(PERSON + "activation")
@allow(admin)
def reactivate(person: int) -> Response:
    managing.reactivate(person, by=signed_in_viewer())
    notice(_("This account is active again."))
    return _back(person)


@blueprint.post(PERSON + "administration")
@allow(admin)
def administration(person: int) -> Response:
    """Make the person an admin, or take that away (`to` is `begin` or `end`)."""
    if request.form.get("to") == "end":
        managing.end_admin(person, by=signed_in_viewer())
        notice(_("This person is no longer an admin."))
    else:
        managing.make_admin(person, by=signed_in_viewer())
        notice(_("This person is an admin now."))
    return _back(person)


@blueprint.post(PERSON + "trainerships")
@allow(admin)
def train(person: int) -> Response:
    """Make the person a trainer of a course, or take that away (`to` is `begin` or `end`)."""
    course, by = request.form.get("course", ""), signed_in_viewer()
    if request.form.get("to") == "end":
        managing.end_trainership(person, course, by=by)
        notice(_("This person trains the course no longer."))
        return _back(person)
    if course not in pages.courses():
        raise Invalid(_("Choose a course. There is none with this id."))
    managing.make_trainer(person, course, by=by)
    notice(_("This person trains the course now."))
    return _back(person)


@blueprint.post(PERSON + "sign-ins/end")
@allow(admin)
def sign_out(person: int) -> Response:
    managing.sign_out_everywhere(person, by=signed_in_viewer())
    notice(_("All devices of this person are signed out."))
    return _back(person)


@blueprint.post(PERSON + "reset")
@allow(admin)
def reset(person: int) -> Response:
    managing.send_reset(person, by=signed_in_viewer())
    notice(_("A link for a new password is on its way."))
    return _back(person)


def _page(person: int, form: CorrectForm | None) -> str:
    context = pages.person(person, signed_in_viewer())
    found = context["account"]
    if form is None:
        form = CorrectForm(obj=found)
        if found.confirmed is not None or found.email is None:
            del form.email
    return page("academy/people/person.html", form=form, **context)


def _back(person: int) -> Response:
    return see_other("admin_people.person", person=person)
