"""Two changed packs and the one that both began with, made one. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from course.content.merge import merge

Files = Mapping[str, bytes]
What = Literal["new", "changed", "gone", "merged", "conflict"]


@dataclass(frozen=True, slots=True)
class MergedPack:
    """`files` is the outcome. `changes` says for each path that differs from ours what became of it there."""

    files: dict[str, bytes]
    changes: dict[str, What]

    @property
    def conflicts(self) -> list[str]:
        return [path for path, what in self.changes.items() if what == "conflict"]


def merge_packs(base: Files, ours: Files, theirs: Files, ours_name: str, theirs_name: str) -> MergedPack:
    """Merge file by file. Of texts that both changed the lines are merged (`merge`).

    Where both changed what is no text, or one deleted what the other changed, nothing is given up: the file as it is
    published stands beside ours (`plan.published.png`), or the changed file stays. That is a conflict, too.
    """
    files: dict[str, bytes] = {}
    changes: dict[str, What] = {}
    for path in sorted(ours.keys() | theirs.keys()):
        mine, other = ours.get(path), theirs.get(path)
        for name, data, what in _merged(path, base.get(path), mine, other, (ours_name, theirs_name)):
            if data is not None:
                files[name] = data
            if what:
                changes[name] = what
    return MergedPack(files, changes)


_Result = tuple[str, bytes | None, What | None]


def _merged(
    path: str, base: bytes | None, ours: bytes | None, theirs: bytes | None, names: tuple[str, str]
) -> Iterator[_Result]:
    if ours == theirs or theirs == base:
        yield path, ours, None
    elif ours == base:
        yield path, theirs, "gone" if theirs is None else "new" if ours is None else "changed"
    elif ours is None or theirs is None:
        yield path, theirs if ours is None else ours, "conflict"
    else:
        yield from _both(path, base, ours, theirs, names)


def _both(path: str, base: bytes | None, ours: bytes, theirs: bytes, names: tuple[str, str]) -> Iterator[_Result]:
    texts = [_text(data) for data in (base or b"", ours, theirs)]
    if None in texts or not path.endswith((".md", ".yaml")):
        stem, dot, ending = path.rpartition(".")
        yield path, ours, None
        yield f"{stem}.{names[1].replace(' ', '-')}{dot}{ending}", theirs, "conflict"
        return
    old, mine, other = (text or "" for text in texts)
    crlf = "\r\n" in mine
    old, mine, other = (text.replace("\r\n", "\n") for text in (old, mine, other))
    merged = merge(old, mine, other, *names)
    text = merged.text.replace("\n", "\r\n") if crlf else merged.text
    yield path, text.encode(), "conflict" if merged.conflicts else "merged"


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None
