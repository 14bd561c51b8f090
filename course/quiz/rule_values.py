"""The values in a quiz's front matter, each read from what YAML gives. Each raises ValueError for anything else."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from course.markup.attributes import ID_FORM
from course.quiz.model import Draw

MAX_HOURS = 24
MAX_DAYS = 90
MAX_COUNT = 1000
MAX_WEIGHT = 100
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%")
_TIME = re.compile(r"(?:([0-9]{1,2}) ?d)? ?(?:([0-9]{1,3}) ?h)? ?(?:([0-9]{1,4}) ?min)?")
SHARE = {"type": "string", "pattern": f"^{_PERCENT.pattern}$"}
TIME = {"type": "string", "pattern": f"^(?=.){_TIME.pattern}$"}
ATTEMPTS = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": MAX_COUNT}, {"const": "unlimited"}]}
MOMENT = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].+([Zz]|[+-][0-9]{2}:?[0-9]{2})$"}
IDS = {"type": "array", "items": {"type": "string", "pattern": f"^{ID_FORM.pattern}$"}, "uniqueItems": True}
_COUNT = {"type": "integer", "minimum": 1, "maximum": MAX_COUNT}
DRAW = {
    "anyOf": [
        _COUNT,
        {
            "type": "object",
            "properties": {
                "from": IDS,
                "count": _COUNT,
                "each": _COUNT,
                "per objective": _COUNT,
                "objectives": {"type": "object", "additionalProperties": _COUNT, "minProperties": 1},
            },
            "additionalProperties": False,
            "minProperties": 1,
        },
    ]
}
"""The forms of the values as JSON Schemas, for editors. What is below decides; these say no more than it does."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WAYS = ("count", "each", "per objective", "objectives")


def share(value: object) -> Fraction:
    """`70%` → 7/10."""
    match = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if match is None or Fraction(match[1]) > 100:
        raise ValueError
    return Fraction(match[1]) / 100


def limit(value: object) -> int:
    """`1 h 30 min` → 5400, up to a day."""
    return _seconds(value, MAX_HOURS * 3600)


def pause(value: object) -> int:
    """`2 d` → 172800."""
    return _seconds(value, MAX_DAYS * 24 * 3600)


def moment(value: object) -> int:
    """`2026-03-01T09:00+01:00` → microseconds UTC since 1970."""
    if not isinstance(value, str):
        raise ValueError
    at = datetime.fromisoformat(value)
    if at.tzinfo is None or at < _EPOCH:
        raise ValueError
    return (at - _EPOCH) // timedelta(microseconds=1)


def count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_COUNT:
        raise ValueError
    return value


def attempts(value: object) -> int | None:
    return None if value == "unlimited" else count(value)


def draw(value: object) -> Draw:
    """A number, or a mapping with `from` and one of `count`, `each`, `per objective` and `objectives`."""
    if not isinstance(value, dict):
        return Draw(count(value))
    ways = [way for way in _WAYS if way in value]
    if len(ways) > 1 or not value or value.keys() - {"from", *_WAYS}:
        raise ValueError
    banks = ids(value.get("from", []))
    if (ways == ["each"] or not ways) and not banks:
        raise ValueError
    return Draw(
        count=_optional(value, "count"),
        banks=banks,
        each=_optional(value, "each"),
        per_objective=_optional(value, "per objective"),
        objectives=_objectives(value.get("objectives")),
    )


def ids(value: object) -> tuple[str, ...]:
    """A list of ids, each once."""
    if not isinstance(value, list) or not all(isinstance(one, str) and ID_FORM.fullmatch(one) for one in value):
        raise ValueError
    if len(set(value)) < len(value):
        raise ValueError
    return tuple(value)


def _optional(value: Mapping[str, object], way: str) -> int | None:
    return count(value[way]) if way in value else None


def _objectives(value: object) -> dict[str, int]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not value:
        raise ValueError
    return {name: count(number) for name, number in zip(ids(list(value)), value.values(), strict=True)}


def _seconds(value: object, most: int) -> int:
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    days, hours, minutes = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    seconds = ((days * 24 + hours) * 60 + minutes) * 60
    if not 0 < seconds <= most:
        raise ValueError
    return seconds
