"""What changed between two texts, line by line, with the words that changed inside a line. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Part = tuple[bool, str]
"""Whether these words changed, and the words."""
Kind = Literal["same", "gone", "new", "gap"]

AROUND = 2
"""Lines that are shown before and after a change."""
ALIKE = 0.4
"""Lines less alike than this are shown as one gone and one new, without marks inside."""
LONGEST = 4000
"""Characters up to which a line is looked into: comparing words takes the square of the time."""
_WORDS = re.compile(r"\w+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one text or of both. `before` and `after`: its numbers. A gap stands for lines left out."""

    kind: Kind
    parts: tuple[Part, ...] = ()
    before: int | None = None
    after: int | None = None


def differences(before: str, after: str) -> list[Line]:
    """The changed lines, with some around them; none where the texts are equal."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Line] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for group in matcher.get_grouped_opcodes(AROUND):
        if found or group[0][1] > 0:
            found.append(Line("gap"))
        for tag, old_start, old_end, new_start, new_end in group:
            if tag == "equal":
                found += [
                    Line("same", ((False, old[old_start + at]),), old_start + at + 1, new_start + at + 1)
                    for at in range(old_end - old_start)
                ]
            else:
                found += _changed(old[old_start:old_end], new[new_start:new_end], old_start, new_start)
    return found


def counted(lines: Sequence[Line]) -> tuple[int, int]:
    """How many lines are new, and how many are gone."""
    return sum(line.kind == "new" for line in lines), sum(line.kind == "gone" for line in lines)


def in_words(before: str, after: str) -> tuple[tuple[Part, ...], tuple[Part, ...]] | None:
    """Two texts, each in parts that are in the other, or are not; None where they have little in common."""
    if max(len(before), len(after)) > LONGEST:
        return None
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        return None
    codes = matcher.get_opcodes()
    gone = [(tag != "equal", "".join(old[start:end])) for tag, start, end, _, _ in codes]
    made = [(tag != "equal", "".join(new[start:end])) for tag, _, _, start, end in codes]
    return _joined(gone), _joined(made)


def _changed(old: Sequence[str], new: Sequence[str], old_start: int, new_start: int) -> Iterator[Line]:
    """Old lines, then the new ones. The words that changed are marked in those that follow one another as one text."""
    pairs = [in_words(before, after) for before, after in zip(old, new, strict=False)]
    for at, line in enumerate(old):
        known = pairs[at] if at < len(pairs) else None
        yield Line("gone", known[0] if known else ((False, line),), before=old_start + at + 1)
    for at, line in enumerate(new):
        known = pairs[at] if at < len(pairs) else None
        yield Line("new", known[1] if known else ((False, line),), after=new_start + at + 1)


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    kept = [part for part in parts if part[1]]
    return tuple(
        (changed, "".join(words for _, words in together)) for changed, together in groupby(kept, lambda part: part[0])
    )
