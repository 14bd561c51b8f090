"""Bringing what is published into a folder. Nothing there is overwritten that is not kept somewhere else."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from course.catalogue import queries, store
from course.catalogue.folder import Folder
from course.catalogue.standing import Known, Standing
from course.content.merging import MergedPack, What, merge_packs
from course.content.pack import FOLDERS, read_pack
from course.content.paths import classify
from course.errors import NotFound

YOURS = "yours"


@dataclass(frozen=True, slots=True)
class Pulled:
    """What became of a course's files. `refused` says why nothing was done; `changes` what was, by path."""

    course: str
    how: Literal["new", "same", "ahead", "pulled", "merged", "apart"]
    number: int = 0
    changes: Mapping[str, What] = field(default_factory=dict)
    refused: str = ""

    @property
    def conflicts(self) -> list[str]:
        return [path for path, what in self.changes.items() if what == "conflict"]


def pull_folder(root: Path, courses: tuple[str, ...] = (), *, merge: bool = False) -> Iterator[Pulled]:
    """Bring these courses to what is published: else those in the folder; else, where it has none, all there are.

    Where both sides have changes of their own nothing is done, unless `merge`.
    """
    here = [published.slug for published in queries.courses() if _is_here(root, published.slug)]
    for course in courses or here or [published.slug for published in queries.courses()]:
        yield _pull(root, course, merge)


def _is_here(root: Path, course: str) -> bool:
    return any((root / folder / course).exists() for folder in FOLDERS)


def _pull(root: Path, course: str, merge: bool) -> Pulled:
    try:
        published = queries.published(course)
    except NotFound:
        return Pulled(course, "apart", refused="no course of this name is published.")
    folder = Folder(root)
    pack = read_pack(root, course)
    if pack.refused or pack.findings.errors:
        return Pulled(course, "apart", refused="some of its files here cannot be read; `course check` says which.")
    current = store.files_of(published.revision_id)
    if not pack.files:
        return _done(folder, Pulled(course, "new", published.number), merge_packs({}, {}, current, "", ""), {})
    stands = folder.stands(course, pack.hashes)
    if stands.how == "same":
        folder.remember(course, published.number)
    if stands.how in ("same", "ahead"):
        return Pulled(course, "same" if stands.how == "same" else "ahead", published.number)
    if stands.how == "apart" and not merge:
        return Pulled(course, "apart", published.number, refused=_apart(stands))
    base = _files(course, stands.base)
    merged = merge_packs(base, pack.files, current, YOURS, f"publication {published.number}")
    how: Literal["pulled", "merged"] = "pulled" if stands.how == "behind" else "merged"
    return _done(folder, Pulled(course, how, published.number), merged, pack.files)


def _apart(stands: Standing) -> str:
    number = stands.current.number if stands.current else 0
    return (
        f"publication {number} and the files here have changes of their own. `course pull --merge` brings both"
        " together, with conflict markers where they disagree."
    )


def _files(course: str, base: Known | None) -> dict[str, bytes]:
    if base is None:
        return {}
    return {path: store.blob(digest) for path, digest in base.files.items()}


def _done(folder: Folder, pulled: Pulled, merged: MergedPack, before: Mapping[str, bytes]) -> Pulled:
    refused = write(folder.root, before, merged.files)
    if refused:
        return Pulled(pulled.course, "apart", pulled.number, refused=refused)
    folder.remember(pulled.course, pulled.number)
    return Pulled(pulled.course, pulled.how, pulled.number, merged.changes)


def write(root: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    """Make the files of a pack `after`, if they still are as `before`. Returns why not, empty where it was done.

    Each file is replaced whole. Stopped half-way, the rest comes with the next pull.
    """
    changed = [path for path in sorted(before.keys() | after.keys()) if before.get(path) != after.get(path)]
    for path in changed:
        if (path in after and classify(path) is None) or _through_link(root, path):
            return f"{path} cannot be written: it is no file of a pack, or stands behind a symbolic link."
        if _now(root / path) != before.get(path):
            return f"{path} has changed meanwhile; pull again."
    for path in changed:
        if path in after:
            _replace(root / path, after[path])
    for path in changed:
        if path not in after:
            (root / path).unlink()
            _prune(root, path)
    return ""


def _through_link(root: Path, path: str) -> bool:
    parts = path.split("/")
    return any((root / "/".join(parts[:depth])).is_symlink() for depth in range(1, len(parts) + 1))


def _now(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=".pull-")  # hidden, so never read as a file of the pack
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.chmod(made, mode)
    os.replace(made, path)


def _prune(root: Path, path: str) -> None:
    """Remove the folders that a deleted file leaves empty."""
    folder = (root / path).parent
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
