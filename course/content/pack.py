"""A pack: all files of one course, from a folder or from wherever they are stored."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from course.content.paths import is_ignored, size_limit
from course.markup.findings import Findings, Place

FOLDERS = ("lessons", "quizzes")
MAX_DEPTH = 8


@dataclass(slots=True)
class Pack:
    """`files` maps a path (`lessons/sse/course.yaml`) to bytes; it is asked only for what is not compiled yet.

    `hashes` are the files' SHA-256 (hex); left empty, they are computed. `findings` is what reading already found,
    `refused` the paths of files that exist and could not be taken.
    """

    course: str
    files: Mapping[str, bytes]
    hashes: Mapping[str, str] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)
    refused: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.hashes:
            self.hashes = {path: hashlib.sha256(data).hexdigest() for path, data in self.files.items()}


def read_packs(root: Path, findings: Findings) -> list[Pack]:
    """Read every course under `root/lessons` and `root/quizzes`, sorted by name.

    What is wrong inside a course goes to its pack's findings; what belongs to no course goes to `findings`.
    Symbolic links are refused, hidden files ignored, and a file that is too large is not read.
    """
    if not (root / "lessons").is_dir():
        findings.error(Place("lessons"), "no-course", "there is no folder `lessons` here", "name the folder around it")
        return []
    courses = {name: None for folder in FOLDERS for name in _courses(root, folder, findings)}
    return [read_pack(root, course) for course in sorted(courses)]


def read_pack(root: Path, course: str) -> Pack:
    """Read the course in `root/lessons/<course>` and `root/quizzes/<course>`."""
    files: dict[str, bytes] = {}
    findings = Findings()
    refused: set[str] = set()
    for folder in FOLDERS:
        for path in _walk(root, f"{folder}/{course}", findings, refused):
            data = _read(root, path, findings)
            if data is None:
                refused.add(path)
            else:
                files[path] = data
    return Pack(course, files, findings=findings, refused=frozenset(refused))


def _courses(root: Path, folder: str, findings: Findings) -> Iterator[str]:
    if (root / folder).is_symlink():
        _refuse_link(folder, findings)
        return
    for entry in _entries(root, folder, findings):
        if entry.is_symlink():
            _refuse_link(f"{folder}/{entry.name}", findings)
        elif entry.is_dir():
            yield entry.name


def _walk(root: Path, folder: str, findings: Findings, refused: set[str], depth: int = 0) -> Iterator[str]:
    """The paths of the ordinary files under `folder`, sorted."""
    if depth > MAX_DEPTH:
        findings.error(Place(folder), "too-deep", "folders are nested too deeply", f"{MAX_DEPTH} levels are the most")
        return
    for entry in _entries(root, folder, findings):
        path = f"{folder}/{entry.name}"
        if entry.is_symlink():
            _refuse_link(path, findings)
            refused.add(path)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path, findings, refused, depth + 1)
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            findings.error(Place(path), "special-file", "this is no ordinary file", "remove it")


def _entries(root: Path, folder: str, findings: Findings) -> list[os.DirEntry[str]]:
    if not (root / folder).is_dir():
        return []
    try:
        with os.scandir(root / folder) as entries:
            found = [entry for entry in entries if not is_ignored(entry.name)]
    except OSError as error:
        findings.error(Place(folder), "unreadable", f"the folder cannot be read: {error.strerror}", "check its rights")
        return []
    for entry in found:
        if not entry.name.isprintable():
            place = Place(f"{folder}/{entry.name!a}")
            findings.error(place, "unknown-file", "this file's name is not readable text", "rename it")
    return sorted((entry for entry in found if entry.name.isprintable()), key=lambda entry: entry.name)


def _refuse_link(path: str, findings: Findings) -> None:
    findings.error(Place(path), "symbolic-link", "this is a symbolic link", "put the file itself here")


def _read(root: Path, path: str, findings: Findings) -> bytes | None:
    """The file's bytes, opened so that a link or pipe that takes its place meanwhile is not followed."""
    try:
        handle = os.open(root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(0, "it is no ordinary file")
            return None if too_large(path, status.st_size, findings) else file.read()
    except OSError as error:
        findings.error(Place(path), "unreadable", f"the file cannot be read: {error.strerror}", "check its rights")
        return None


def too_large(path: str, size: int, findings: Findings) -> bool:
    """Find, and say, that a file of `size` bytes is more than learners on a weak connection can be sent."""
    limit = size_limit(path)
    if size > limit:
        message = f"this file has {size:,} bytes"
        findings.error(Place(path), "too-large", message, f"{limit // 1000:,} kB are the most; make it smaller")
    return size > limit
