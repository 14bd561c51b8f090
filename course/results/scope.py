"""Whose results are looked at: which learners of a course, as the address of the page says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from sqlalchemy import ColumnElement, not_, select
from sqlalchemy.orm import aliased

from course.catalogue.published import Published
from course.learning.models import Enrolment
from course.people.models import Account
from course.people.simulated import is_simulated
from course.web.days import end_of, read_day, start_of

FEWEST = 5
"""Groups of fewer learners are not broken down: a figure of theirs would tell about persons."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Learners of a course: real ones, or the simulated ones, never both; by the language that they chose to be
    addressed in; who enrolled on `since` or later, and on `until` or before (days, UTC).
    """

    course_id: int
    simulated: bool = False
    language: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, published: Published, arguments: Mapping[str, str]) -> Self:
        """From an address's query. Raises Invalid for a day that is none."""
        language = arguments.get("language", "")
        return cls(
            published.course_id,
            simulated=arguments.get("learners") == "simulated",
            language=language if language in published.outline.languages else "",
            since=read_day(arguments.get("since", "")),
            until=read_day(arguments.get("until", "")),
        )

    def written(self) -> dict[str, str]:
        """As it stands in an address's query."""
        return {
            name: text
            for name, text in (
                ("learners", "simulated" if self.simulated else ""),
                ("language", self.language),
                ("since", self.since.isoformat() if self.since else ""),
                ("until", self.until.isoformat() if self.until else ""),
            )
            if text
        }

    @property
    def whole(self) -> Self:
        """Everybody of the same kind."""
        return replace(self, language="", since=None, until=None)

    @property
    def conditions(self) -> Sequence[ColumnElement[bool]]:
        """For a query over enrolments."""
        made_up = is_simulated(Enrolment.person_id)
        found = [Enrolment.course_id == self.course_id, made_up if self.simulated else not_(made_up)]
        if self.language:
            account = aliased(Account)
            spoken = select(account.person_id).where(account.person_id == Enrolment.person_id)
            found.append(spoken.where(account.language == self.language).exists())
        if self.since:
            found.append(Enrolment.at >= start_of(self.since))
        if self.until:
            found.append(Enrolment.at < end_of(self.until))
        return found
