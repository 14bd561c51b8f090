"""A file's bytes as the text of a form, and back. Pure. What nobody changed comes back byte by byte."""

MARK = b"\xef\xbb\xbf"


def shown(data: bytes) -> str:
    """The text of a file, with `\\n` at the ends of its lines; what is not UTF-8 in it is replaced by a sign."""
    return lines(data.decode("utf-8-sig", "replace"))


def lines(text: str) -> str:
    """A text as it came from a form, with `\\n` at the ends of its lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def written(text: str, before: bytes | None) -> bytes:
    """A form's text as the bytes of a file that had `before` in it: the same line ends, the same byte order mark."""
    text = lines(text)
    if before is None:
        return (text if text.endswith("\n") or not text else text + "\n").encode()
    if shown(before) == text:
        return before
    if b"\r\n" in before and before.count(b"\n") == before.count(b"\r\n"):
        text = text.replace("\n", "\r\n")
    return (MARK if before.startswith(MARK) else b"") + text.encode()
