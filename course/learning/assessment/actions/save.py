"""The save protocol. One text for the plain form, the enhancement and, later, the offline queue.

Each field comes with `base-<position>`, the number of the response it was rendered from (0 for none); each form with
a key that its page made. The same key with the same content, sent again, has one effect and one reply; but sent after
other content, as by who goes Back twice, it is new. A field that is unchanged since it was rendered has no effect, so
a stale page never overwrites a newer answer.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Self

from flask_babel import gettext as _

from course.db import db
from course.errors import Conflict, Invalid
from course.learning.assessment import kept, queries, rules
from course.learning.assessment.actions.close import settle
from course.learning.assessment.answers import Given, answer, same, stored
from course.learning.assessment.kept import Mine
from course.learning.assessment.models import Attempt
from course.learning.assessment.shown import Drawn, Shown

Form = Mapping[str, Sequence[str]]
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FIELD = re.compile(r"(q|base-)[0-9]")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save; the same for every repetition of it.

    `made`: by position, the number of the response that now holds the field's answer, where the field was changed.
    `replaced`: positions at which another answer had come from elsewhere; both are kept, this one counts.
    `late`: it came after the deadline or the submission; it is kept, and changes no grade.
    """

    made: dict[str, int] = field(default_factory=dict)
    replaced: list[int] = field(default_factory=list)
    late: bool = False

    @classmethod
    def read(cls, outcome: str) -> Self:
        return cls(**json.loads(outcome))

    def write(self) -> str:
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


def save(attempt: Attempt | Mine, form: Form, at: int, language: str, key: str, last: bool = False) -> Saved:
    """Keep what a form holds, received at a moment (microseconds). `last`: the attempt is handed in with it.

    `form` maps each field's name to its values; `language` is the one of the page. Raises Invalid for what no page of
    ours sends, Conflict where the attempt is full.
    """
    if not _KEY.fullmatch(key):
        raise Invalid(_("The form has lost its key. Load the page again; what was saved is there."))
    state = kept.held(attempt)
    earlier, fingerprint = kept.acknowledged(attempt, key), _fingerprint(form, language)
    if earlier and earlier[-1][0].partition(".")[0] == fingerprint:
        saved = Saved.read(earlier[-1][1])
    else:
        if not (last and state.closed is None):
            _check_room(attempt, state)
        own = {number for _sent, outcome in earlier for number in Saved.read(outcome).made.values()}
        saved = _keep(attempt, state, form, at, language, own)
        kept.acknowledge(attempt, key, f"{fingerprint}.{len(earlier)}", saved.write(), at)
    if rules.overdue(state, at) or (state.closed is not None and not rules.is_late(state, at)):
        settle(db.session.get_one(Attempt, attempt.id, populate_existing=True), at)
    return saved


def _check_room(attempt: Attempt | Mine, state: rules.State) -> None:
    if rules.is_full(max(state.responses, kept.saves(attempt))):
        raise Conflict(
            _("This attempt has been saved too often to be saved again. What was saved is there: hand it in.")
        )


def has_answers(form: Form) -> bool:
    """Whether there is any question's field in a form."""
    return any(name.startswith("base-") for name in form)


def _fingerprint(form: Form, language: str) -> str:
    """What was sent, in one line: the questions' fields, whatever their order, and the language of the page."""
    fields = sorted((name, list(values)) for name, values in form.items() if _FIELD.match(name))
    return hashlib.sha256(json.dumps([language, fields]).encode()).hexdigest()


def _keep(attempt: Attempt | Mine, state: rules.State, form: Form, at: int, language: str, own: set[int]) -> Saved:
    """Compare every field that came with what it was rendered from and with what counts now; keep what is new.

    `own` are the numbers of responses that this very page made, so that going Back is not taken for another device.
    """
    saved, number = Saved(late=rules.is_late(state, at)), state.responses
    asked = kept.asked(attempt)
    questions = queries.questions(attempt, [drawn.question for drawn, _latest in asked], language)
    for drawn, latest in asked:
        place = str(drawn.position)
        if f"base-{place}" not in form:
            continue
        shown = Shown(drawn, questions[drawn.question], language)
        base = _base(attempt, form[f"base-{place}"], drawn, latest)
        value = shown.read(form)
        if stored(value) == stored(shown.as_rendered(answer(base))):
            continue
        if latest and same(latest, value) and latest.language == shown.question.language and not saved.late:
            saved.made[place] = latest.number
            continue
        number += 1
        kept.respond(attempt, drawn.id, Given(number, shown.question.language, *stored(value)), at, saved.late)
        saved.made[place] = number
        if latest and latest != base and latest.number not in own and not saved.late:
            saved.replaced.append(drawn.position)
    return saved


def _base(attempt: Attempt | Mine, sent: Sequence[str], drawn: Drawn, latest: Given | None) -> Given | None:
    """The response that a field was rendered from. Raises Invalid for one that is not this question's."""
    if len(sent) == 1 and _NUMBER.fullmatch(sent[0]):
        number = int(sent[0])
        if number == 0:
            return None
        if latest and latest.number == number:
            return latest
        found = kept.given(attempt, number)
        if found and found[0] == drawn.id:
            return found[1]
    raise Invalid(_("The page does not fit this attempt. Load it again; what was saved is there."))
