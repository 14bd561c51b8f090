"""Footnotes of a whole document: `[^a]` in the text, `[^a]: The source` anywhere."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from course.markup.attributes import ID_FORM
from course.markup.findings import Findings, Place
from course.markup.inline import NOTE
from course.markup.scan import Line
from course.markup.tree import append, element, move

DEFINITION = re.compile(r" {0,3}\[\^(?P<label>[^\]\s]{1,60})\]:[ \t]*(?P<text>.*)")
_REFERENCE = re.compile(rf"(?<!\\){NOTE}(?!:)")


@dataclass(slots=True)
class Definition:
    """A footnote as written: its label, where, and its lines with the indentation taken off."""

    label: str
    place: Place
    lines: list[Line] = field(default_factory=list)


def take(lines: list[Line], file: str, findings: Findings) -> tuple[list[Line], dict[str, Definition]]:
    """Part the definitions of notes from the lines of a document, where blank lines take their place.

    A second definition with the same label is a finding.
    """
    rest: list[Line] = []
    found: dict[str, Definition] = {}
    open_note: Definition | None = None
    for line in lines:
        match = None if line.inert else DEFINITION.fullmatch(line.live)
        if match:
            open_note = _definition(match, line, file)
            _keep(open_note, found, findings)
            rest.append(Line(line.number, ""))
        elif open_note is not None and _continues(line, open_note):
            open_note.lines.append(_dedented(line))
            rest.append(Line(line.number, ""))
        else:
            open_note = None
            rest.append(line)
    return rest, found


def check(lines: list[Line], found: dict[str, Definition], file: str, findings: Findings) -> None:
    """Find references without a definition, and definitions without a reference."""
    used = set()
    for line in lines:
        for match in _REFERENCE.finditer("" if line.inert else _without_code(line.live)):
            used.add(match["label"])
            if match["label"] not in found:
                findings.error(
                    Place(file, line.number, match.start() + 1),
                    "unknown-footnote",
                    f"there is no footnote `{match['label']}`",
                    f"write `[^{match['label']}]: The source` on a line of its own",
                )
    for definition in found.values():
        if definition.label not in used:
            findings.error(
                definition.place,
                "unused-footnote",
                f"nothing refers to the footnote `{definition.label}`",
                f"put `[^{definition.label}]` where it belongs, or delete it",
            )


class Numbering:
    """Numbers references in reading order, and sets the notes in that order."""

    def __init__(self, labels: set[str]) -> None:
        self.known = labels
        self.references: dict[str, int] = {}

    def number(self, root: Element) -> None:
        """Turn every reference under `root` into a link to its note."""
        for mark in [found for found in root.iter("sup") if "data-note" in found.attrib]:
            label = mark.attrib["data-note"]
            if label not in self.known:
                append(mark, f"[{label}]")
                continue
            self.references[label] = self.references.get(label, 0) + 1
            number = list(self.references).index(label) + 1
            mark.set("class", "note-ref")
            mark.set("id", reference_id(label, self.references[label]))
            append(mark, element("a", {"href": f"#fn-{label}", "role": "doc-noteref"}, str(number)))

    def notes(self, bodies: dict[str, Element]) -> Element:
        """The ordered list of notes. `bodies` has for each label an element that holds the note's blocks."""
        listed = element("ol", {"class": "notes"})
        for label, times in self.references.items():
            item = move(bodies.get(label, Element("div")), element("li", {"id": f"fn-{label}"}))
            last = item[-1] if len(item) and item[-1].tag == "p" else item
            for time in range(1, times + 1):
                append(last, " ")
                append(last, _back(label, time))
            append(listed, item)
        return listed


def reference_id(label: str, time: int) -> str:
    """The id of the `time`-th reference to a note, counted from 1."""
    return f"fnref-{label}" if time == 1 else f"fnref{time}-{label}"


def _back(label: str, time: int) -> Element:
    target = {"href": f"#{reference_id(label, time)}", "role": "doc-backlink", "class": "note-back"}
    return element("a", target | {"aria-label": "label:back"}, "↑")


def _definition(match: re.Match[str], line: Line, file: str) -> Definition:
    place = Place(file, line.number, match.start("label") - 1)
    return Definition(match["label"], place, [Line(line.number, match["text"], live=match["text"])])


def _keep(definition: Definition, found: dict[str, Definition], findings: Findings) -> None:
    label = definition.label
    if not ID_FORM.fullmatch(label):
        findings.error(
            definition.place,
            "footnote-label",
            f"`{label}` cannot be the label of a footnote",
            "use lower-case letters (a to z), digits and hyphens, no hyphen first",
        )
    elif label in found:
        findings.error(
            definition.place,
            "footnote-twice",
            f"the footnote `{label}` is already defined in line {found[label].place.line}",
            "give one of them another label",
        )
    else:
        found[label] = definition


def _continues(line: Line, note: Definition) -> bool:
    if line.text.startswith(("    ", "\t")) or not line.text.strip():
        return True
    return bool(note.lines[-1].text.strip()) and not line.inert and line.heading is None


def _dedented(line: Line) -> Line:
    cut = 4 if line.live.startswith("    ") else 1 if line.live.startswith("\t") else 0
    if line.fence is not None:
        line.fence.indent = line.fence.indent.removeprefix("    ")
    return Line(line.number, line.text[cut:], line.inert, None, line.live[cut:], line.fence)


def _without_code(text: str) -> str:
    """`text` with spaces in the place of its code spans, so that columns stay."""
    if "`" not in text:
        return text
    parts = text.split("`")
    return "`".join(
        part if place % 2 == 0 or place == len(parts) - 1 else " " * len(part) for place, part in enumerate(parts)
    )
