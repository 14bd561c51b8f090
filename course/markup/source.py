"""From the bytes of an author's file to text that the rest of `markup` can trust."""

import re

from course.markup.findings import Findings, Place

MOST_BYTES = 400_000
_MERGE = re.compile(r"^(?:<{7}|>{7}) .*$", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def decode(data: bytes, file: str, findings: Findings) -> str | None:
    """The text of a file, with `\\n` at the end of its lines and no byte order mark; None after an error."""
    if len(data) > MOST_BYTES:
        findings.error(
            Place(file),
            "file-size",
            f"the file has {len(data) // 1000:,} kB; {MOST_BYTES // 1000} kB are allowed",
            "split it into several files",
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _not_utf8(data, error.start, file, findings)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        findings.error(
            position(text, control.start(), file),
            "control-character",
            f"the control character U+{ord(control[0]):04X} stands here",
            "delete it; it cannot be seen in most editors, so retype the words around it",
        )
        return None
    if mark := _MERGE.search(text):
        message = f"`{mark[0][:7]}` marks a place where two versions disagree"
        findings.error(
            position(text, mark.start(), file),
            "conflict-marker",
            message,
            "keep what is right, and delete the lines of `<<<<<<<`, `=======` and `>>>>>>>`",
        )
        return None
    return text


def position(text: str, offset: int, file: str, first_line: int = 1) -> Place:
    """The place of the character at `offset` in `text`, which begins at `first_line` of `file`."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(file, first_line + text.count("\n", 0, offset), offset - line_start + 1)


def _not_utf8(data: bytes, offset: int, file: str, findings: Findings) -> None:
    before = data[:offset].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    findings.error(
        position(before, len(before), file),
        "not-utf8",
        f"the byte 0x{data[offset]:02X} here is not UTF-8",
        "save the file as UTF-8 in your editor",
    )
