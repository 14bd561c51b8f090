"""The YAML between two lines of `---` at the top of a file, cut from the Markdown under it."""

from typing import NamedTuple

from course.markup.findings import Findings, Place

_FENCE = "---"


class Split(NamedTuple):
    """A file in two: its YAML and its body, each with the 1-based line where it begins.

    Without front matter `yaml` is empty.
    """

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def split(text: str, file: str, findings: Findings) -> Split:
    """Cut `text` at the lines of `---`. A file that does not open with one has no front matter, which is no finding."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return Split("", 1, text, 1)
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == _FENCE:
            return Split("\n".join(lines[1 : number - 1]), 2, "\n".join(lines[number:]), number + 1)
    findings.error(
        Place(file),
        "front-matter-open",
        "the front matter opens with `---` and never closes",
        "put a line `---` after its last key",
    )
    return Split("\n".join(lines[1:]), 2, "", len(lines) + 1)
