"""Links that no longer work: what happened to them, and the way to a new one."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course.people import tokens
from course.people.forms import AddressForm
from course.people.queries import by_stamp, has_admin
from course.web.pages import page

GONE, NOT_FOUND = 410, 404


def confirmation(token: str) -> ResponseReturnValue:
    """A link from the letter after signing up. Asking for a new one takes only the address."""
    found = tokens.opened(tokens.CONFIRM, token)
    if found is None:
        said = _cut()
    elif found.late:
        said = _("It worked for three days, and they are over.")
    else:
        said = _("A newer e-mail took its place, or the account is open already.")
    return _page(said, found, "people.confirm_again", email=_address(found))


def reset(token: str) -> ResponseReturnValue:
    """A link for choosing a new password."""
    found = tokens.opened(tokens.RESET, token)
    if found is None:
        said = _cut()
    elif found.late:
        said = _("It worked for one hour, and that is over.")
    else:
        said = _("It worked once, and it was used, or the password was changed since.")
    return _page(said, found, "people.reset", email=_address(found))


def invitation(token: str) -> ResponseReturnValue:
    """The link in a letter that asked somebody in."""
    found = tokens.opened(tokens.INVITE, token)
    if found is None:
        said = _cut()
    elif found.late:
        said = _("It worked for 14 days, and they are over.")
    else:
        said = _("A newer e-mail took its place, or the account is open already.")
    return _page(said, found, to_do=_("Look for a newer e-mail, or ask whoever invited you to send one."))


def setup(token: str) -> ResponseReturnValue:
    """The link for the first admin, which `course serve` prints while there is none."""
    found = tokens.opened(tokens.SETUP, token)
    if has_admin():
        said, to_do = _("This installation has its admin already."), ""
    elif found is None:
        said, to_do = _cut(), _("Copy the whole link that “course serve” printed when it started.")
    else:
        said = _("It worked for one day, and that is over.")
        to_do = _("Start “course serve” again: while there is no admin, it prints a new link.")
    return _page(said, found, to_do=to_do)


def _page(
    said: str, found: tokens.Opened | None, ask: str = "", *, email: str = "", to_do: str = ""
) -> ResponseReturnValue:
    form = AddressForm(email=email) if ask else None
    title = _("This link no longer works") if found else _("This link does not work")
    html = page(
        "people/link-ended.html", title=title, said=said, to_do=to_do, ask=ask, form=form, has_admin=has_admin()
    )
    return html, GONE if found else NOT_FOUND


def _cut() -> str:
    return _("It is not whole: part of it was lost on the way, or it was typed wrongly.")


def _address(found: tokens.Opened | None) -> str:
    """The address to which the link had gone, so that its reader need not type it."""
    account = by_stamp(found.content) if found else None
    return (account.email or "") if account else ""
