"""What can be done to whom, in the interface's words. A deed that is told to `audit` has its words here.

Each is what an entry's actor did: `Ada | changed the password | Ben`.
"""

from collections.abc import Mapping

from flask_babel import gettext as _

from course.errors import N_

SIGNING_IN, PEOPLE, COURSES, RESULTS = "signing-in", "people", "courses", "results"
GROUPS: Mapping[str, str] = {
    RESULTS: N_("Results"),
    PEOPLE: N_("People"),
    COURSES: N_("Courses"),
    SIGNING_IN: N_("Signing in"),
}
"""Groups of deeds and their names, in the order in which they are offered."""

VERBS: Mapping[str, tuple[str, str]] = {
    "marked": (RESULTS, N_("marked an answer")),
    "regraded": (RESULTS, N_("regraded an attempt")),
    "reset": (RESULTS, N_("set attempts aside")),
    "granted": (RESULTS, N_("allowed more than the rules do")),
    "exported": (RESULTS, N_("had a table written")),
    "added": (PEOPLE, N_("added an account")),
    "confirmed": (PEOPLE, N_("confirmed the e-mail address")),
    "agreed to the privacy notice": (PEOPLE, N_("agreed to the privacy notice")),
    "changed the password": (PEOPLE, N_("changed the password")),
    "made admin": (PEOPLE, N_("made admin")),
    "made trainer": (PEOPLE, N_("made trainer")),
    "made learner": (PEOPLE, N_("took roles away")),
    "ended admin": (PEOPLE, N_("took the rights of an admin away")),
    "ended trainer": (PEOPLE, N_("took the training of a course away")),
    "invited": (PEOPLE, N_("sent an invitation")),
    "made a first code": (PEOPLE, N_("made a first code")),
    "sent a link for a new password": (PEOPLE, N_("sent a link for a new password")),
    "corrected the name": (PEOPLE, N_("corrected the name")),
    "corrected the address": (PEOPLE, N_("corrected the e-mail address")),
    "erased": (PEOPLE, N_("erased the account")),
    "deactivated": (PEOPLE, N_("deactivated the account")),
    "reactivated": (PEOPLE, N_("reactivated the account")),
    "signed out everywhere": (PEOPLE, N_("signed out all devices")),
    "published": (COURSES, N_("published the course")),
    "threw the draft away": (COURSES, N_("threw the draft of the course away")),
    "signed in": (SIGNING_IN, N_("signed in")),
    "signed out": (SIGNING_IN, N_("signed out")),
    "failed to sign in": (SIGNING_IN, N_("failed to sign in")),
    "failed to confirm the password": (SIGNING_IN, N_("failed to confirm the password")),
}
"""By deed: its group, and its words."""


def said(verb: str) -> str:
    """A deed in the interface's language; as it is stored where it has no words."""
    return str(_(VERBS[verb][1])) if verb in VERBS else verb


def of_group(group: str) -> frozenset[str]:
    return frozenset(verb for verb, (its, _words) in VERBS.items() if its == group)
