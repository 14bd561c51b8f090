"""Two changed texts of one origin made into one, line by line, with the standard marks where they disagree.

The rule is that of diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007): lines that both texts
have from their origin hold everything together; in between, what only one of them changed counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

START, MIDDLE, END = "<<<<<<<", "=======", ">>>>>>>"


@dataclass(frozen=True, slots=True)
class Merged:
    """`text` has both texts' changes; `conflicts` is how many places it has marks at, where they disagree."""

    text: str
    conflicts: int


class _Stable(NamedTuple):
    """Lines that all three texts have: where they begin in each, and how many."""

    base: int
    ours: int
    theirs: int
    size: int


def merge(base: str, ours: str, theirs: str, our_name: str = "ours", their_name: str = "theirs") -> Merged:
    """Merge two texts that were made from `base`. Line ends are part of the lines, so they have to be alike.

    The names stand beside the marks.
    """
    lines = [_lines(text) for text in (base, ours, theirs)]
    out: list[str] = []
    conflicts = 0
    at_base, at_ours, at_theirs = 0, 0, 0
    for stable in _stable(*lines):
        old = lines[0][at_base : stable.base]
        mine, their = lines[1][at_ours : stable.ours], lines[2][at_theirs : stable.theirs]
        if mine == their or their == old:
            out += mine
        elif mine == old:
            out += their
        else:
            out += _disagreement(mine, their, our_name, their_name)
            conflicts += 1
        out += lines[0][stable.base : stable.base + stable.size]
        at_base, at_ours, at_theirs = (start + stable.size for start in stable[:3])
    return Merged("".join(out), conflicts)


def has_marks(text: str) -> bool:
    """Whether a text still has marks of a merge in it. (`=======` alone underlines a heading.)"""
    return any(line.startswith((f"{START} ", f"{END} ")) for line in text.split("\n"))


def _lines(text: str) -> list[str]:
    """The lines with their ends. No other sign than `\\n` ends one."""
    parts = text.split("\n")
    lines = [part + "\n" for part in parts[:-1]]
    return lines + ([parts[-1]] if parts[-1] else [])


def _stable(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[_Stable]:
    """The stretches of `base` that both texts have, in order; an empty one at the end of all three closes them."""
    mine, their = _blocks(base, ours), _blocks(base, theirs)
    while mine and their:
        (my_start, at_mine, my_size), (their_start, at_theirs, their_size) = mine[0], their[0]
        start, end = max(my_start, their_start), min(my_start + my_size, their_start + their_size)
        if start < end:
            yield _Stable(start, at_mine + start - my_start, at_theirs + start - their_start, end - start)
        (mine if my_start + my_size < their_start + their_size else their).pop(0)
    yield _Stable(len(base), len(ours), len(theirs), 0)


def _blocks(base: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    found = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in found if block.size]


def _disagreement(mine: list[str], their: list[str], our_name: str, their_name: str) -> list[str]:
    """Both, between marks; what is alike at the beginning and the end of both stands outside."""
    head, tail = 0, 0
    shorter = min(len(mine), len(their))
    while head < shorter and mine[head] == their[head]:
        head += 1
    while tail < shorter - head and mine[-1 - tail] == their[-1 - tail]:
        tail += 1
    return [
        *mine[:head],
        f"{START} {our_name}\n",
        *_ended(mine[head : len(mine) - tail]),
        f"{MIDDLE}\n",
        *_ended(their[head : len(their) - tail]),
        f"{END} {their_name}\n",
        *mine[len(mine) - tail :],
    ]


def _ended(lines: list[str]) -> list[str]:
    """The lines, the last one with an end too: a mark follows."""
    return [*lines[:-1], lines[-1].removesuffix("\n") + "\n"] if lines else []
