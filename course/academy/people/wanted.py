"""Which people a list shows, as its address says, and how an account stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self

ROLES = ("learner", "trainer", "admin")
SORTS = ("name", "newest")
LONGEST = 100

STATES = {
    "open": ("open",),
    "waiting": ("invited", "code"),
    "lapsed": ("lapsed", "late-code", "no-code"),
    "unconfirmed": ("unconfirmed",),
    "inactive": ("inactive",),
}
"""What may be asked for, and the states that it means.

open: can sign in. invited, code: a mailed link, or a first code on paper, waits for them. lapsed, late-code: its time
is over. no-code: has neither an address nor a code yet. unconfirmed: signed up, and has not confirmed the address.
inactive: an admin lets nobody in.
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`text` is part of a name, an address or a user name. `course`: who learns or trains there. `after`: the person
    after whom the page begins, 0 for the first page. `simulated`: made-up people, who are never among real ones."""

    text: str = ""
    role: str = ""
    course: str = ""
    state: str = ""
    sort: str = "name"
    simulated: bool = False
    after: int = 0

    @classmethod
    def read(cls, arguments: Mapping[str, str], courses: Collection[str]) -> Self:
        """From an address's query. What is unknown counts as not asked for."""

        def known(name: str, among: Collection[str]) -> str:
            return value if (value := arguments.get(name, "")) in among else ""

        after = arguments.get("after", "")
        return cls(
            text=arguments.get("name", "").strip()[:LONGEST],
            role=known("role", ROLES),
            course=known("course", courses),
            state=known("state", STATES),
            sort=known("sort", SORTS) or "name",
            simulated=arguments.get("people") == "simulated",
            after=int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0,
        )

    @property
    def is_narrow(self) -> bool:
        """Whether something was asked for, so that not everybody is shown."""
        return bool(self.text or self.role or self.course or self.state)
