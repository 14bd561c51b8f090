"""The append-only log of what learners did. What pages show is a projection of it, made in the same transaction."""

import json

from course.db import db
from course.learning.models import Enrolment, Event


def record(
    enrolment: Enrolment, verb: str, *, item: int | None, revision: int | None, at: int, **detail: object
) -> Event:
    """Append one deed of the enrolment's learner. `detail` is plain data without free text."""
    event = Event(
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        verb=verb,
        item_id=item,
        revision_id=revision,
        at=at,
        detail=json.dumps(detail, sort_keys=True, separators=(",", ":")),
    )
    db.session.add(event)
    return event
