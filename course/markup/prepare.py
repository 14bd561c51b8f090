"""From an author's lines to the Markdown that the library sees: what we set ourselves stands there as a token."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from course.markup.attributes import attributes
from course.markup.blocks.details import Details
from course.markup.findings import Findings, Place
from course.markup.footnotes import Definition
from course.markup.scan import Heading, Line
from course.markup.tokens import (
    Caption,
    Code,
    Mark,
    NoteStart,
    Opened,
    SectionStart,
    SlotMark,
    Subheading,
    Thing,
    Tokens,
)

Slots = Sequence[tuple[int, int, str]]

_CAPTION = re.compile(r"(?P<word>\w{2,20})[ \u00a0\u202f]?[:：][ \t]+(?P<words>\S.*)")
_CAPTION_WORDS = {"Figure", "Figura"}
_PICTURE = re.compile(r"!\[[^\n]{0,2000}\]\([^\n]{0,2000}\)\s*")
_QUOTES = re.compile(r" {0,3}>")


@dataclass(slots=True)
class Prepared:
    """The Markdown as a list of lines, and the ids that headings and captions in it have, in order."""

    tokens: Tokens
    lines: list[str] = field(default_factory=list)
    ids: dict[str, Place] = field(default_factory=dict)
    figures: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def alone(self, thing: Thing, words: str = "", before: str = "", border: str = "") -> None:
        """A token in a paragraph of its own, after `before` (quote marks, indentation)."""
        self.lines += [border, f"{before}{self.tokens.put(thing)} {words}".rstrip(), border]


class Preparer:
    """Reads lines one after the other. `is_document`: sections and ids count; else headings are subheadings only."""

    def __init__(self, file: str, tokens: Tokens, findings: Findings, is_document: bool) -> None:
        self.file = file
        self.findings = findings
        self.is_document = is_document
        self.out = Prepared(tokens)
        self.level = 1
        self.details = Details(file, findings)
        self.previous = ""
        self.paragraph_start = True

    def body(self, lines: list[Line], slots: Slots = ()) -> None:
        """Prepare the lines of the text itself. Lines of `slots` are left out; a SlotMark stands for them."""
        begins = {first: (last, key) for first, last, key in slots}
        skip_to = 0
        for line in lines:
            if line.number in begins and line.number > skip_to:
                skip_to, key = begins[line.number]
                self._marks(self.details.close(line.number))
                self.out.alone(SlotMark(key, Place(self.file, line.number)))
                self.previous, self.paragraph_start = "", True
            if line.number > skip_to:
                self._line(line)
        self._marks(self.details.close(lines[-1].number + 1 if lines else 1))

    def notes(self, definitions: dict[str, Definition]) -> None:
        """Prepare the footnotes, each behind its NoteStart, at the end of the text."""
        for definition in definitions.values():
            first, *others = definition.lines
            self.out.alone(NoteStart(definition.label), first.live.strip())
            self.out.lines.pop()
            self.previous, self.paragraph_start = first.live, False
            for line in others:
                self._line(line)
            self.out.lines.append("")

    def _line(self, line: Line) -> None:
        if line.fence is not None:
            fence = line.fence
            self.out.alone(
                Code(fence), before=f"{fence.quotes}{' ' if fence.quotes else ''}{fence.indent}", border=fence.quotes
            )
        elif line.heading is not None:
            self._heading(line.heading)
        elif not line.inert:
            self._prose(line)
        elif line.live.strip():
            self.out.lines.append(line.live)
        self.previous = line.live
        self.paragraph_start = not line.live.strip() or line.heading is not None

    def _heading(self, heading: Heading) -> None:
        self._marks(self.details.close(heading.place.line))
        if heading.level == 1:
            self.findings.error(
                heading.place,
                "title-heading",
                "a heading with one `#` stands in the text",
                "use `##`: the title stands in the front matter",
            )
        level = max(heading.level, 2 if self.is_document else 3)
        self._check_heading(heading, level)
        self.level = level
        if level == 2:
            self.out.alone(SectionStart(heading), heading.text)
        else:
            self.out.alone(Subheading(level, heading.id if self.is_document else None), heading.text)

    def _check_heading(self, heading: Heading, level: int) -> None:
        if self.is_document and level > self.level + 1:
            self.findings.error(
                heading.place,
                "heading-jump",
                f"a heading of level {level} follows one of level {self.level}",
                f"use `{'#' * (self.level + 1)}`, so that readers who jump from heading to heading miss none",
            )
        if self.is_document and level == 2 and heading.id is None:
            self.findings.error(
                heading.place,
                "section-without-id",
                f"the section `{heading.text[:60]}` has no id",
                "write `{#id}` after it; the id stays the same in all languages",
            )
        if self.is_document:
            self._unknown(heading.attributes, heading.place, "a heading")
        if "[^" in heading.text:
            self.findings.error(
                heading.place, "footnote-in-heading", "a footnote stands in a heading", "put it into the text under it"
            )
        self._id(heading.id, heading.place)

    def _prose(self, line: Line) -> None:
        text = line.live.rstrip()
        marks = self.details.read(text, line.number)
        if marks is not None:
            self._marks(marks)
            return
        if text:
            self._marks(self.details.before_text())
        if self._caption(text, line):
            return
        self._stray_attributes(text, line)
        if _QUOTES.match(text) and not self.previous.strip() and self._follows_quote():
            self.out.alone(Mark("between"))
        self.out.lines.append(line.live)

    def _follows_quote(self) -> bool:
        before = next((text for text in reversed(self.out.lines) if text.strip()), "")
        return bool(_QUOTES.match(before))

    def _caption(self, text: str, line: Line) -> bool:
        match = _CAPTION.fullmatch(text)
        if match is None:
            return False
        after_picture = bool(_PICTURE.fullmatch(self._last_text()))
        has_list = text.endswith("}")
        if not has_list and not (match["word"] in _CAPTION_WORDS and after_picture):
            return False
        place = Place(self.file, line.number, 1)
        column = Place(self.file, line.number, match.start("words") + 1)
        words, name, named = attributes(match["words"], column, self.findings)
        if words == match["words"].rstrip() and not after_picture:
            return False
        if not self.paragraph_start and not _PICTURE.fullmatch(self.previous):
            self.findings.error(
                place, "caption-blank-line", "this caption has no blank line before it", "put a blank line there"
            )
        block = named.pop("block", None)
        self._unknown(named, place, "a caption")
        self._id(name, place, is_figure=True)
        self.out.alone(Caption(name if self.is_document else None, block, place), words)
        return True

    def _last_text(self) -> str:
        return next((text for text in reversed(self.out.lines) if text.strip()), "")

    def _stray_attributes(self, text: str, line: Line) -> None:
        if not text.endswith("}") or "{#" not in text:
            return
        words, name, _ = attributes(text, Place(self.file, line.number), Findings())
        if name is not None:
            self.findings.error(
                Place(self.file, line.number, len(words) + 2),
                "attributes-here",
                f"an id (`{name}`) has no meaning on this line",
                "only headings and captions have one; write `\\{` if braces are meant",
            )

    def _marks(self, marks: list[Opened]) -> None:
        for opened in marks:
            self.out.alone(opened.mark, opened.words)

    def _unknown(self, named: dict[str, str], place: Place, what: str) -> None:
        for key in named:
            self.findings.error(
                place, "unknown-attribute", f"{what} has no attribute `{key[:60]}`", "take it out, or mend its spelling"
            )

    def _id(self, name: str | None, place: Place, is_figure: bool = False) -> None:
        if name is None or not self.is_document:
            return
        if name in self.out.ids:
            self.findings.error(
                place,
                "same-id",
                f"the id `{name}` is already used in line {self.out.ids[name].line}",
                "give one of them another id",
            )
        elif name.startswith(("fn-", "fnref")):
            self.findings.error(
                place, "reserved-id", f"the id `{name}` is kept for footnotes", "let it begin otherwise"
            )
        self.out.ids.setdefault(name, place)
        if is_figure:
            self.out.figures.append(name)
