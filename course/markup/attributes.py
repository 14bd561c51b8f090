"""The `{#id key=value key="two words"}` at the end of a heading, a caption or a choice."""

import re

from course.markup.findings import Findings, Place

ID_FORM = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_NEXT = re.compile(r'(?:[^\s"]|"[^"]*"|")+')
_WORD = re.compile(r'#(?P<id>[^\s"]*)|(?P<key>[A-Za-z][\w-]*)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))')
_INTENDED = re.compile(r'\s*[#.]|[^"]*[\w-]=')
_REMEDY = 'write `{#id key=value key="two words"}`'


def attributes(text: str, place: Place, findings: Findings) -> tuple[str, str | None, dict[str, str]]:
    """Strip an attribute list from the end of one line.

    Returns the text before it, its id and its other attributes. Braces that hold neither `#` nor `=`, or that are
    escaped, are text. What is wrong inside the list becomes a finding, and the rest of the list counts.
    """
    stripped = text.rstrip()
    start = stripped.rfind("{")
    before, inside = stripped[:start], stripped[start + 1 : -1]
    if start < 0 or stripped[-1] != "}" or "}" in inside or before.endswith("\\") or not _INTENDED.match(inside):
        return stripped, None, {}
    found = _List(Place(place.file, place.line, place.column + start), findings)
    found.read(inside)
    return before.rstrip(), found.id, found.named


def valid_id(name: str, place: Place, findings: Findings) -> bool:
    """Whether `name` may be an id; a finding where it may not."""
    if ID_FORM.fullmatch(name):
        return True
    findings.error(
        place,
        "id-form",
        f"`{name[:80]}` cannot be an id",
        "use 1 to 60 lower-case letters (a to z), digits and hyphens, no hyphen first",
    )
    return False


class _List:
    """An attribute list while it is read."""

    def __init__(self, place: Place, findings: Findings) -> None:
        self.place = place
        self.findings = findings
        self.id: str | None = None
        self.named: dict[str, str] = {}

    def read(self, inside: str) -> None:
        for start, text in [(found.start(), found[0]) for found in _NEXT.finditer(inside)]:
            word = _WORD.fullmatch(text)
            place = Place(self.place.file, self.place.line, self.place.column + 1 + start)
            if word is None:
                self._malformed(text, place)
                return
            self._take(word, place)

    def _take(self, word: re.Match[str], place: Place) -> None:
        name = word["id"]
        if name is not None:
            if self.id is not None:
                self.findings.error(place, "two-ids", f"a second id, `{name[:80]}`, stands here", "keep one of the two")
            elif valid_id(name, place, self.findings):
                self.id = name
        elif word["key"] in self.named:
            self.findings.error(place, "attribute-twice", f"`{word['key']}` is given twice", "keep one of the two")
        else:
            self.named[word["key"]] = word["bare"] if word["quoted"] is None else word["quoted"]

    def _malformed(self, word: str, place: Place) -> None:
        if word.startswith("."):
            self.findings.error(place, "class", f"classes (`{word[:80]}`) have no meaning here", "take it out")
        else:
            self.findings.error(place, "attributes", f"`{word[:80]}` in the attribute list cannot be read", _REMEDY)
