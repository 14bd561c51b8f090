"""Coarse limits on what costs work and can be asked for by anybody, without end.

They are counted in each worker's memory and never written down: reading changes nothing. What must survive a restart,
such as wrong passwords, is counted in the database instead (course/people/throttles.py).
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from flask import Flask, current_app, request
from flask_babel import gettext as _

from course.errors import TooOften
from course.web.access import viewer

MOST = 10_000
"""Askers that a worker keeps count of. The one that has asked nothing for longest goes first."""


class Limit(NamedTuple):
    """How often in how many seconds. `person` is for one account, `address` for a network address.

    Behind one address there may be a whole school.
    """

    person: int
    address: int
    seconds: int = 60


SEARCHES = Limit(person=60, address=600)
ANSWERS = Limit(person=120, address=1200)
"""Answers to questions in lessons."""


@dataclass(slots=True)
class Counts:
    """How often each asker has asked since when. `clock` gives seconds."""

    clock: Callable[[], float] = time.monotonic
    counted: OrderedDict[str, tuple[float, int]] = field(default_factory=OrderedDict)

    def may(self, asker: str, most: int, seconds: int) -> bool:
        """Count once more. Returns whether that is within what is allowed."""
        now = self.clock()
        since, count = self.counted.get(asker, (now, 0))
        if now - since >= seconds:
            since, count = now, 0
        self.counted[asker] = since, count + 1
        self.counted.move_to_end(asker)
        if len(self.counted) > MOST:
            self.counted.popitem(last=False)
        return count < most


def install(app: Flask) -> None:
    app.extensions["course.limits"] = Counts()


def within(what: str, limit: Limit) -> None:
    """Let pass who does `what` no oftener than this. Raises TooOften."""
    counts: Counts = current_app.extensions["course.limits"]
    person = viewer().person
    asker = f"{what} address {request.remote_addr}" if person is None else f"{what} person {person}"
    if not counts.may(asker, limit.address if person is None else limit.person, limit.seconds):
        raise TooOften(_("There were very many requests from here in a minute. Wait a minute, then try again."))
