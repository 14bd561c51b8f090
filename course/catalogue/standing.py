"""How a folder's files stand to what is published: as after a fetch in version control. Pure.

A folder has a base: the publication that it last was equal to (`bases`). Where nobody knows it, version control is
trusted to hold the files' history, and only what came from the browser since is looked after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Hashes = Mapping[str, str]
"""The SHA-256 (hex) of each file, by its path."""

How = Literal["first", "same", "ahead", "behind", "apart"]


@dataclass(frozen=True, slots=True)
class Known:
    """A publication, with the files that it published."""

    number: int
    origin: str
    at: int
    files: Hashes


@dataclass(frozen=True, slots=True)
class Standing:
    """`first`: nothing is published. `same`: both are equal. `ahead`: only the files have moved on, `behind`: only

    what is published has, `apart`: both have. `base` is what both began with, None where nobody knows.
    """

    how: How
    base: Known | None = None
    current: Known | None = None


def standing(files: Hashes, base: int | None, history: Sequence[Known], take_back: bool = False) -> Standing:
    """How `files` stand to the newest publication in `history` (newest first).

    `base` is the number of the publication that the folder came from, None where that is not known. `history` may
    leave out what is neither that one, nor the newest, nor the newest from files. `take_back`: a file that is again as
    it was before the browser changed it means just that.
    """
    if not history:
        return Standing("first")
    current = history[0]
    if files == current.files:
        return Standing("same", current, current)
    start = next((known for known in history if known.number == base), None)
    before = next((known for known in history if known.origin == "files"), None)
    if start is None:
        if current.origin == "files":
            return Standing("ahead", current, current)
        start = before
    elif start is current:
        if take_back or before is None or not _went_back(files, before, current):
            return Standing("ahead", current, current)
        start = before
    moved = start is None or any(files.get(path) != start.files.get(path) for path in _differing(files, current.files))
    return Standing("apart" if moved else "behind", start, current)


def _went_back(files: Hashes, before: Known, current: Known) -> bool:
    """Whether a file that the browser changed is again as it was: a checkout of an old state, and no wish to undo."""
    return any(files.get(path) == before.files.get(path) for path in _differing(before.files, current.files))


def _differing(one: Hashes, other: Hashes) -> list[str]:
    return [path for path in sorted(one.keys() | other.keys()) if one.get(path) != other.get(path)]
