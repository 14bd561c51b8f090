"""Pictures and attachments that trainers add in the browser: checked by their bytes, named so that paths stay tame."""

import re
from collections.abc import Collection
from posixpath import basename, dirname
from typing import NamedTuple
from unicodedata import normalize

from flask_babel import gettext as _

from course.content.compile import compile_source
from course.content.paths import ATTACHMENTS, PICTURES, classify, size_limit, suffix
from course.errors import Invalid

LONGEST_NAME = 60
ZIP, EBML, OGG = b"PK\x03\x04", b"\x1aE\xdf\xa3", b"OggS"
_BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    **dict.fromkeys(("docx", "epub", "odp", "ods", "odt", "pptx", "xlsx"), (ZIP,)),
    "webm": (EBML,),
    "ogg": (OGG,),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "vtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
}
"""With what files of a kind begin. Those of `mp4` and `m4a` have `ftyp` at their fifth byte; others are text."""


class Upload(NamedTuple):
    """A file that may go into a course: where it stands, and what it is called in the text beside it."""

    path: str
    name: str
    is_picture: bool

    def markdown(self, words: str) -> str:
        """How a text shows it or leads to it. What `words` say is for those who cannot see a picture."""
        said = re.sub(r"[\[\]\\\s]+", " ", words).strip()
        return f"![{said}]({self.name})" if self.is_picture else f"[{said or basename(self.name)}]({self.name})"


def accepted(beside: str, called: str, data: bytes, taken: Collection[str]) -> Upload:
    """Where a file goes that is called `called` on the sender's device, beside the text at `beside`.

    `taken` are paths of other files. Raises Invalid for what learners should not be sent.
    """
    ending = suffix(called)
    if ending not in PICTURES and ending not in ATTACHMENTS:
        kinds = ", ".join(sorted({*PICTURES, *ATTACHMENTS}))
        raise Invalid(_("A file of this kind is not accepted. These are: %(kinds)s.", kinds=kinds))
    if not data:
        raise Invalid(_("The file is empty."))
    folder = "figures" if ending in PICTURES else "files"
    path = _free(f"{dirname(beside)}/{folder}", _tame(called, ending), ending, taken)
    if len(data) > size_limit(path):
        most = size_limit(path) // 1000
        raise Invalid(_("This file has %(size)s kB; %(most)s kB are the most.", size=len(data) // 1000, most=most))
    _check(path, ending, data)
    return Upload(path, f"{folder}/{basename(path)}", ending in PICTURES)


def _tame(called: str, ending: str) -> str:
    """A file name of small letters, digits and hyphens, without its ending: no path can hide in it."""
    last = re.split(r"[\\/]", called)[-1].rpartition(".")[0] if ending else called
    plain = normalize("NFKD", last).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-") or "file"


def _free(folder: str, name: str, ending: str, taken: Collection[str]) -> str:
    path, number = f"{folder}/{name}.{ending}", 1
    while path in taken:
        number += 1
        path = f"{folder}/{name}-{number}.{ending}"
    return path


def _check(path: str, ending: str, data: bytes) -> None:
    """Raise Invalid where the bytes are not of the kind that the name says."""
    source = classify(path)
    assert source is not None  # it was made of a folder and a name that packs have
    errors = [found for found in compile_source(path, source, data).findings if found.severity == "error"]
    if errors:
        raise Invalid(f"{errors[0].message}; {errors[0].remedy}.")
    if source.kind == "attachment" and not _begins_well(ending, data):
        raise Invalid(_("This is no %(kind)s file, whatever its name says.", kind=ending.upper()))


def _begins_well(ending: str, data: bytes) -> bool:
    if ending in ("mp4", "m4a"):
        return data[4:8] == b"ftyp"
    if ending in _BEGINNINGS:
        return data.startswith(_BEGINNINGS[ending])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data
