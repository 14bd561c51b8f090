"""What becomes of a note's text. Pure decisions."""

import re
from dataclasses import dataclass

LONGEST = 10_000
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Written:
    """A note as it is kept: `at` is the moment of its last change (microseconds), `page` what changed it."""

    section: str
    text: str
    at: int
    page: str = ""


def clean(text: str) -> str:
    """The text with one kind of line end, no control characters, and nothing blank around it."""
    return _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def merged(kept: Written | None, text: str, base: int, page: str) -> str:
    """The text to keep. `base` is the `at` of the note that the page was made from, 0 for none; `page` its key.

    A page that did not see what another one wrote meanwhile adds to it, so that no device loses words.
    """
    if kept is None or kept.at == base or (page and kept.page == page):
        return text
    return kept.text if text in kept.text else f"{kept.text}\n\n{text}"
