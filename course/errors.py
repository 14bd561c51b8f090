"""What can go wrong, in the domain's words. HTTP numbers are given in `web/errors.py`, in one place.

Each carries a sentence for the person who meets it: what happened, and what to do.
"""


class CourseError(Exception):
    """Something that the person who asked can be told about. `str(error)` is a sentence for them.

    Rooms that know no catalogue mark the sentence with `N_` and give what is to be put into it as `values`; it is
    translated where it is shown.
    """

    def __init__(self, message: str = "", **values: int | str) -> None:
        super().__init__(message % values if values else message)
        self.message, self.values = message, values


def N_(message: str) -> str:
    """Marks a sentence to be translated later."""
    return message


class NotFound(CourseError):
    """There is no such thing, or the person may not see it: the two are not told apart."""


class NotAllowed(CourseError):
    """The person may see this, but may not do what they asked."""


class SignInNeeded(NotAllowed):
    """Only somebody who is signed in may do this."""


class Conflict(CourseError):
    """The state has moved on since the page was made: no attempts left, already closed, and the like."""


class Invalid(CourseError):
    """What was sent cannot be read as what was asked for."""


class Unavailable(CourseError):
    """The store does not answer or cannot write at present. Nothing was changed; asking again is right."""


class TooOften(CourseError):
    """Tried more often than one may. Nothing was changed; waiting helps."""


class PackRefused(CourseError):
    """A pack has errors, so nothing was published. `findings` says where and how to mend them."""

    def __init__(self, message: str, findings: object = ()) -> None:
        super().__init__(message)
        self.findings = findings
