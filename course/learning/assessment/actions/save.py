"""The save protocol. One text for the plain form, the enhancement and, later, the offline queue.

Each field comes with `base-<position>`, the number of the response it was rendered from (0 for none); each form with
a key that its page made. The same key with the same content has one effect and one reply. A field that is unchanged
since it was rendered has no effect, so a stale page never overwrites a newer answer.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Self

from flask_babel import gettext as _

from course.db import db
from course.errors import Invalid
from course.learning.assessment import queries, rules
from course.learning.assessment.actions.close import settle
from course.learning.assessment.actions.hold import hold
from course.learning.assessment.answers import answer, same, stored
from course.learning.assessment.models import Attempt, AttemptQuestion, Response, Save
from course.quiz.model import Value

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


def save(attempt: Attempt, form: Form, at: int, language: str, key: str) -> Saved:
    """Keep what a form holds, received at a moment (microseconds). Raises Invalid for what no page of ours sends.

    `form` maps each field's name to its values; `language` is the one of the page.
    """
    if not _KEY.fullmatch(key):
        raise Invalid(_("The form has lost its key. Load the page again; what was saved is there."))
    hold(attempt)
    earlier = {save.fingerprint: Saved.read(save.outcome) for save in queries.saves(attempt, key)}
    fingerprint = _fingerprint(form, language)
    if fingerprint in earlier:
        settle(attempt, at)
        return earlier[fingerprint]
    own = {number for reply in earlier.values() for number in reply.made.values()}
    saved = _keep(attempt, form, at, language, own)
    outcome = saved.write()
    db.session.add(Save(attempt_id=attempt.id, key=key, fingerprint=fingerprint, outcome=outcome, received=at))
    settle(attempt, at)
    return saved


def has_answers(form: Form) -> bool:
    """Whether there is any question's field in a form."""
    return any(name.startswith("base-") for name in form)


def _fingerprint(form: Form, language: str) -> str:
    """What was sent, in one line: the questions' fields, whatever their order, and the language of the page."""
    fields = sorted((name, list(values)) for name, values in form.items() if _FIELD.match(name))
    return hashlib.sha256(json.dumps([language, fields]).encode()).hexdigest()


def _keep(attempt: Attempt, form: Form, at: int, language: str, own: set[int]) -> Saved:
    """Compare every field that came with what it was rendered from and with what counts now; keep what is new.

    `own` are the numbers of responses that this very page made, so that going Back is not taken for another device.
    """
    saved = Saved(late=rules.is_late(attempt, at))
    history = queries.responses(attempt)
    current = rules.counting(history)
    for shown in queries.shown(attempt, language):
        drawn, place = shown.drawn, str(shown.drawn.position)
        if f"base-{place}" not in form:
            continue
        base = _base(form[f"base-{place}"], history, drawn)
        value, latest = shown.read(form), current.get(drawn.id)
        if stored(value) == stored(shown.as_rendered(answer(base))):
            continue
        if latest and same(latest, value) and latest.language == shown.question.language and not saved.late:
            saved.made[place] = latest.number
            continue
        response = _respond(attempt, drawn, value, shown.question.language, at, saved.late)
        saved.made[place] = response.number
        if latest and latest is not base and latest.number not in own and not saved.late:
            saved.replaced.append(drawn.position)
    return saved


def _base(sent: Sequence[str], history: Sequence[Response], drawn: AttemptQuestion) -> Response | None:
    """The response that a field was rendered from. Raises Invalid for one that is not this question's."""
    if len(sent) == 1 and _NUMBER.fullmatch(sent[0]):
        number = int(sent[0])
        found = [one for one in history if one.number == number and one.attempt_question_id == drawn.id]
        if found or number == 0:
            return found[0] if found else None
    raise Invalid(_("The page does not fit this attempt. Load it again; what was saved is there."))


def _respond(
    attempt: Attempt, drawn: AttemptQuestion, given: Value | None, language: str, at: int, late: bool
) -> Response:
    attempt.responses += 1
    value, text = stored(given)
    response = Response(
        attempt_question_id=drawn.id,
        attempt_id=attempt.id,
        number=attempt.responses,
        language=language,
        value=value,
        text=text,
        received=at,
        late=late,
    )
    db.session.add(response)
    db.session.flush()
    return response
