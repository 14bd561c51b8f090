"""What a file of a pack is, told from its path alone."""

import re
from typing import Literal, NamedTuple

Kind = Literal["course", "module", "lesson", "glossary", "quiz", "picture", "attachment"]

LANGUAGE = r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"
"""A language tag as in file names: `fr`, `pt-BR`, `zh-Hant`."""

PICTURES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
ATTACHMENTS = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ogg": "audio/ogg",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "webm": "video/webm",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MAX_PICTURE = 500_000
MAX_ATTACHMENT = 20_000_000
MAX_TEXT = 400_000
"""Sizes in bytes."""

_NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
_STEP = r"[0-9]+-[a-z0-9-]+"
_COURSE = re.compile(rf"lessons/{_NAME}/course\.yaml")
_GLOSSARY = re.compile(rf"(?P<stem>lessons/{_NAME}/glossary)\.(?P<language>{LANGUAGE})\.md")
_MODULE = re.compile(rf"lessons/{_NAME}/{_STEP}/module\.yaml")
_LESSON = re.compile(rf"(?P<stem>lessons/{_NAME}/{_STEP}/{_STEP})\.(?P<language>{LANGUAGE})\.md")
_QUIZ = re.compile(rf"(?P<stem>quizzes/{_NAME}/{_STEP})\.(?P<language>{LANGUAGE})\.md")
_ASSET = re.compile(rf"(?:lessons|quizzes)/{_NAME}/(?:{_STEP}/)?(?:figures|files|media)/(?:{_NAME}/)*{_NAME}")


class SourcePath(NamedTuple):
    """`stem` is the path without language and ending: equal in all languages of one lesson, quiz or glossary."""

    kind: Kind
    stem: str
    language: str = ""


def classify(path: str) -> SourcePath | None:
    """What the file at `path` (`lessons/sse/1-understanding/1-why.en.md`) is; None if a pack has no such file."""
    if path.endswith(".md"):
        return _text(path)
    if _COURSE.fullmatch(path):
        return SourcePath("course", path)
    if _MODULE.fullmatch(path):
        return SourcePath("module", path)
    if not _ASSET.fullmatch(path):
        return None
    ending = suffix(path)
    if ending in PICTURES:
        return SourcePath("picture", path)
    return SourcePath("attachment", path) if ending in ATTACHMENTS else None


def _text(path: str) -> SourcePath | None:
    for kind, pattern in _TEXTS:
        if found := pattern.fullmatch(path):
            return SourcePath(kind, found["stem"], found["language"])
    return None


_TEXTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (("lesson", _LESSON), ("quiz", _QUIZ), ("glossary", _GLOSSARY))


def suffix(path: str) -> str:
    """The ending in small letters, without its dot."""
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def media_type(path: str) -> str:
    """The media type of a picture or attachment."""
    ending = suffix(path)
    return PICTURES.get(ending) or ATTACHMENTS.get(ending) or "application/octet-stream"


def size_limit(path: str) -> int:
    """How many bytes the file at `path` may have."""
    ending = suffix(path)
    if ending in PICTURES:
        return MAX_PICTURE
    return MAX_ATTACHMENT if ending in ATTACHMENTS else MAX_TEXT


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is none of the course's: hidden, or about the folder itself."""
    return name.startswith((".", "~")) or name in ("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt")


def number(path: str) -> int:
    """The number that orders a module's folder or a lesson's or quiz's file."""
    return int(path.rpartition("/")[2].partition("-")[0])
