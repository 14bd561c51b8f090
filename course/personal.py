"""What a column holds of a person: declared in the column's `info`, where whoever adds a column sees it.

Download and erasing are made from these declarations (`people/privacy`); a column that is neither declared nor listed
as plain in tests/people/privacy/plain.py fails a test. Ids need no declaration: a number that no account names any
more tells of nobody.
"""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Column

from course.errors import N_

ACCOUNT = N_("To let you sign in, and nobody else")
ADDRESSING = N_("To address you as you like, in your language and your time")
MAIL = N_("To send you the e-mails that you asked for")
RIGHTS = N_("To know who may do what here, and who allowed it")
PROGRESS = N_("To show you, and the trainers of your courses, where you stand")
ANSWERS = N_("To mark your answers, and to explain each mark")
WRITING = N_("To keep what you wrote for yourself")
PRACTISING = N_("To bring a question back when it is time to review it")

UNTIL_ERASED = N_("until you erase your account")
FOR_GOOD = N_("for good, without your name after you erase your account")

Erased = Literal["row", "emptied", "typed", "stays"]
"""What erasing does. row: the row goes. emptied: the text goes, the row stays. typed: as emptied, where something was
typed; choices stay, so that results add up. stays: it tells of nobody once the account is gone."""


@dataclass(frozen=True, slots=True)
class Personal:
    """For what a column is there, how long it is kept, whether the person's download holds it, and how it is erased."""

    purpose: str
    erased: Erased = "row"
    exported: bool = True

    @property
    def kept(self) -> str:
        return FOR_GOOD if self.erased == "stays" else UNTIL_ERASED


def personal(purpose: str, erased: Erased = "row", *, exported: bool = True) -> dict[str, Any]:
    """The `info` of a column that holds something of a person."""
    return {"personal": Personal(purpose, erased, exported)}


def declared(column: Column[Any]) -> Personal | None:
    """What a column is declared to hold, None for nothing of a person."""
    found: Personal | None = column.info.get("personal")
    return found
