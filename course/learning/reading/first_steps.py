"""What an installation still lacks before it serves people well: told to its admins on their home page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from course.catalogue.published import GUIDE
from course.config import Config


@dataclass(frozen=True, slots=True)
class Step:
    name: Literal["course", "trainer", "mail", "address"]
    done: bool


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """`steps` in the order in which to take them; `guide`: whether the course for authors can be read here."""

    steps: tuple[Step, ...]
    guide: bool
    outbox: str


def first_steps(config: Config, courses: Sequence[str], has_trainer: bool) -> FirstSteps | None:
    """`courses` are the slugs of those published. None when nothing is left to do."""
    steps = (
        Step("course", bool(set(courses) - {GUIDE})),
        Step("trainer", has_trainer),
        Step("address", bool(config.public_url)),
        Step("mail", bool(config.smtp_url)),
    )
    if all(step.done for step in steps):
        return None
    return FirstSteps(steps, GUIDE in courses, str(config.instance / "outbox"))
