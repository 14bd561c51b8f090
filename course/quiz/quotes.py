"""Lines that begin with `>`: feedback, general or of a choice."""

import re
from collections.abc import Sequence

from course.markup.scan import Line

QUOTE = re.compile(r" {0,3}>")
CALLOUT = re.compile(r"\s*\[![A-Za-z]+\]")
_MARK = re.compile(r"\s*> ?")


def unquote(lines: Sequence[Line]) -> str:
    """The Markdown inside a run of quoted lines; blank lines between them stay blank."""
    return "\n".join(_MARK.sub("", line.live, count=1) for line in lines)
