"""Adding many people from a sheet, and the slips of paper for those who get no mail."""

from collections.abc import Mapping, Sequence

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from course.academy.people import pages, planning
from course.academy.people import sheet as sheets
from course.academy.people.forms import SheetForm
from course.academy.people.views import PERSON, blueprint
from course.academy.people.words import on_paper, when
from course.errors import NotFound
from course.people import inviting
from course.people.queries import account
from course.web.access import admin, allow, signed_in_viewer
from course.web.language import interface_language
from course.web.pages import notice, page, see_other


@blueprint.route("/sheet", methods=["GET", "POST"])
@allow(admin)
def sheet() -> ResponseReturnValue:
    """Show what a sheet would do, row by row; the button under it does what was shown, and nothing else."""
    courses = pages.courses()
    form = SheetForm(list(courses.items()), language=interface_language())
    if not form.is_submitted():
        return _sheet(form)
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        form.rows.data = sheets.decoded(sent.read(sheets.MOST_BYTES + 1)[: sheets.MOST_BYTES])
    if not form.validate():
        return _sheet(form), 422
    try:
        read = sheets.read(form.rows.data or "")
    except sheets.Unreadable as why:
        form.refuse("rows", _unreadable(why))
        return _sheet(form), 422
    planned = planning.plan(read, courses, language=form.language.data, course=form.course.data or "")
    shown = planning.digest(planned)
    if request.form.get("do") != "add":
        return _sheet(form, planned=planned, shown=shown, ignored=read.ignored)
    if request.form.get("shown") != shown:
        return _sheet(form, planned=planned, shown=shown, ignored=read.ignored, moved=True), 409
    done = planning.carry_out(planned, by=signed_in_viewer())
    for sentence in _told(done):
        notice(sentence)
    return see_other("admin_people.slips" if done.get(planning.ADD) else "admin_people.people")


def _sheet(form: SheetForm, **more: object) -> str:
    planned = more.get("planned")
    counts = dict.fromkeys(planning.DOES, 0)
    for one in planned if isinstance(planned, list) else ():
        counts[one.does] += 1
    usual: dict[str, object] = {"planned": None, "shown": "", "ignored": (), "moved": False}
    return page("academy/people/sheet.html", form=form, counts=counts, courses=pages.courses(), **(usual | more))


def _unreadable(why: sheets.Unreadable) -> str:
    if why.why == "empty":
        return _("There is no row with a person. Paste the rows here, or choose a file.")
    if why.why == "twice":
        return _("Two columns are called “%(text)s”. Leave one of them out.", text=why.what[:40])
    if why.why == "too-long":
        return _("A sheet can have 500 people at most. Send it in parts.")
    return _("The first row has to name the columns: name, email, username, language, course.")


def _told(done: Mapping[str, int]) -> list[str]:
    said = []
    if count := done.get(planning.INVITE):
        said.append(ngettext("%(num)s person is invited by mail.", "%(num)s people are invited by mail.", count))
    if count := done.get(planning.ADD):
        said.append(ngettext("%(num)s person gets a slip.", "%(num)s people get a slip.", count))
    if count := done.get(planning.ENROL):
        said.append(
            ngettext(
                "%(num)s person was here and is enrolled now.", "%(num)s people were here and are enrolled now.", count
            )
        )
    return said or [_("There was nothing to do.")]


@blueprint.route("/slips", methods=["GET", "POST"])
@allow(admin)
def slips() -> ResponseReturnValue:
    """First sign-in slips for all who wait for one: made by the button, shown once, to be printed."""
    waiting = inviting.waiting_for_slips()
    if request.method == "GET":
        return page("academy/people/slips.html", waiting=waiting, slips=(), left=0, until="")
    by = signed_in_viewer()
    made = [inviting.make_slip(one.person_id, by=by) for one in waiting if one.person_id != by]
    return _slips(made, len(inviting.waiting_for_slips()))


@blueprint.post(PERSON + "slip")
@allow(admin)
def slip(person: int) -> str:
    """A new first code for one person, shown once."""
    if account(person) is None:
        raise NotFound
    return _slips([inviting.make_slip(person, by=signed_in_viewer())], 0)


def _slips(made: Sequence[inviting.Slip], left: int) -> str:
    slips = [on_paper(one) for one in made]
    until = when(made[0].until) if made else ""
    return page("academy/people/slips.html", waiting=(), slips=slips, left=left, until=until)
