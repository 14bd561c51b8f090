"""Finding a course's learners by their names."""

from unicodedata import combining, normalize

from sqlalchemy import func, select

from course.db import db
from course.learning.models import Enrolment
from course.people.models import Account
from course.results.scope import Scope


def called(scope: Scope, part: str) -> list[int]:
    """The learners in whose name this stands (`folded`), in small or capital letters, with accents or without.

    Looked through here, since SQLite knows only the small letters of ASCII, and PostgreSQL those of its locale.
    """
    name = func.coalesce(func.nullif(Account.name, ""), Account.username, "")
    query = select(Enrolment.person_id, name).join(Account, Account.person_id == Enrolment.person_id)
    found = db.session.execute(query.where(*scope.conditions))
    return [person for person, its in found if part in folded(its)]


def folded(text: str) -> str:
    """Without what tells capital letters and accents apart."""
    return "".join(char for char in normalize("NFKD", text.casefold()) if not combining(char))
