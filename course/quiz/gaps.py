"""Text with gaps: `[[a: economic | economical]]` is typed, `[[b: (x) social | ( ) military]]` is chosen from a list.

`a` is the gap's id, the same in all languages; `[[a x2: ...]]` gives it the weight 2.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

from course.markup.attributes import valid_id
from course.markup.findings import Findings, Place
from course.markup.html import plain
from course.markup.render import fragment, inline
from course.markup.scan import Line
from course.quiz import typed
from course.quiz.blocks import CODE, GAP, Answer, is_table, place
from course.quiz.model import Html
from course.quiz.typed import Foreseen

MAX_GAPS = 50
MAX_WEIGHT = 20
HOLE = re.compile(r"<!--gap ([a-z0-9-]+)-->")
"""Where a gap stands in the HTML. No author can write one: the sanitiser takes comments out."""

_GAP = re.compile(r"\[\[\s*(?P<id>[^\s:|]+)(?:\s+x(?P<weight>[0-9]{1,3}))?\s*:\s*(?P<content>.*?)\s*\]\]")
_MARK = re.compile(r"\s*\((?P<mark>[ xX])\)(?:\s+|$)(?P<text>.*)")
_BAR = re.compile(r"(?<!\\)\|")
_LEFT = re.compile(r"(?<!\\)\[\[")
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"<a\b.*?</a>|<summary\b.*?</summary>", re.DOTALL)


class Option(NamedTuple):
    """One of the words that a gap can be filled with; its id is its number, counted from 1."""

    text: str
    key: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Either `keys`, the texts that are right (the first the one to show), or `options` to choose from."""

    id: str
    keys: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    weight: int = 1
    wrong: tuple[Foreseen, ...] = ()
    line: int = 1

    @property
    def right(self) -> str:
        """What stands for the key in a value: a typed text, or an option's id."""
        return self.keys[0] if self.keys else next(str(at) for at, one in enumerate(self.options, 1) if one.key)

    def shown(self, given: str) -> str:
        """What was given, in words; "" where it is no option."""
        if self.keys:
            return given
        return next((one.text for at, one in enumerate(self.options, start=1) if str(at) == given), "")


class Filled(NamedTuple):
    """The text, with a hole for each gap, and the gaps in its order."""

    text: Html
    gaps: tuple[Gap, ...]


def parse_gaps(answer: Answer, attributes: Mapping[str, str], findings: Findings) -> Filled | None:
    """The text of an answer block with its gaps; None after an error."""
    before = len(findings.errors)
    if sum(len(GAP.findall(line.live)) for line in answer.lines) > MAX_GAPS:
        findings.error(answer.place, "gap-count", "The text has too many gaps", f"write 1 to {MAX_GAPS}")
        return None
    token = "x" + blake2b("\n".join(line.live for line in answer.lines).encode(), digest_size=8).hexdigest() + "x"
    gaps: list[Gap] = []
    lines: list[str] = []
    for line in answer.lines:
        lines.append(_Reader(answer.file, line, token, attributes, gaps, findings).read())
    _check_tables(answer, findings)
    _check(gaps, answer, findings)
    if len(findings.errors) > before:
        return None
    html = fragment("\n".join(lines), answer.place, findings)
    spoilt = [gap for at, gap in enumerate(gaps) if not _stands(html, f"{token}{at}x")]
    for gap in spoilt:
        remedy = "put it into plain text, outside of links, pictures and tags"
        findings.error(Place(answer.file, gap.line), "gap-place", f"The gap `{gap.id}` cannot stand here", remedy)
    for at, gap in enumerate(gaps):
        html = Html(html.replace(f"{token}{at}x", f"<!--gap {gap.id}-->"))
    return Filled(html, tuple(gaps)) if len(findings.errors) == before else None


@dataclass(slots=True)
class _Reader:
    """Reads the gaps of one line, and puts tokens where they stood."""

    file: str
    line: Line
    token: str
    attributes: Mapping[str, str]
    gaps: list[Gap]
    findings: Findings

    def read(self) -> str:
        if self.line.inert:
            return self.line.live
        out: list[str] = []
        at = 0
        for code in [*CODE.finditer(self.line.live), None]:
            text = self.line.live[at : code.start() if code else None]
            out.append(GAP.sub(partial(self._gap, at), text))
            if _LEFT.search(GAP.sub("", text)):
                remedy = "write it as `[[a: word]]` on one line, without other brackets; `\\[[` if no gap is meant"
                self.findings.error(place(self.file, self.line), "gap", "A gap opens here and does not end", remedy)
            if code:
                out.append(code[0])
                at = code.end()
        return "".join(out)

    def _gap(self, start: int, found: re.Match[str]) -> str:
        here = Place(self.file, self.line.number, start + found.start() + 1)
        written = found[0]
        match = _GAP.fullmatch(written)
        if match is None:
            remedy = "write it as `[[a: word | other word]]` or `[[a: (x) word | ( ) other word]]`"
            self.findings.error(here, "gap", f"`{written[:40]}` is no gap", remedy)
            return ""
        valid_id(match["id"], here, self.findings)
        weight = int(match["weight"] or 1)
        if not 1 <= weight <= MAX_WEIGHT:
            self.findings.error(here, "gap", f"A gap cannot weigh {weight}", f"write x1 to x{MAX_WEIGHT}")
        parts = _BAR.split(match["content"])
        gap = Gap(match["id"], weight=weight, line=here.line)
        if _MARK.match(parts[0]):
            gap = replace(gap, options=self._options(parts, here))
        else:
            gap = replace(gap, keys=typed.parse_keys(match["content"], here, self.attributes, self.findings))
        self.gaps.append(gap)
        return f"{self.token}{len(self.gaps) - 1}x"

    def _options(self, parts: list[str], here: Place) -> tuple[Option, ...]:
        options: list[Option] = []
        for part in parts:
            match = _MARK.fullmatch(part.rstrip())
            text = plain(inline(match["text"], here, self.findings)) if match else ""
            if match is None or not text:
                remedy = "begin each of them with `( )` or `(x)`, and say something"
                self.findings.error(here, "gap-option", f"`{part.strip()[:40]}` cannot be chosen", remedy)
            elif any(one.text == text for one in options):
                self.findings.error(here, "gap-option", f"Two options say “{text}”", "change or remove one")
            else:
                options.append(Option(text, match["mark"] in "xX"))
        if len(options) == len(parts) and (len(options) < 2 or sum(one.key for one in options) != 1):
            remedy = "write two or more, and mark one with (x)"
            self.findings.error(here, "gap-option", "This list has not one right option among others", remedy)
        return tuple(options)


def _check_tables(answer: Answer, findings: Findings) -> None:
    lines = answer.lines
    in_table = False
    for at, line in enumerate(lines):
        in_table = "|" in line.live and (in_table or is_table(lines, at))
        if in_table and GAP.search(line.live):
            remedy = "ask with `type=match` or `type=categorise`, or write sentences"
            findings.error(place(answer.file, line), "gap-in-table", "A gap cannot stand in a table", remedy)
            return


def _check(gaps: list[Gap], answer: Answer, findings: Findings) -> None:
    if not gaps and not findings.errors:
        findings.error(answer.place, "gap-count", "The text has no gap", f"write 1 to {MAX_GAPS}")
    known: set[str] = set()
    for gap in gaps:
        if gap.id in known:
            here = Place(answer.file, gap.line)
            findings.error(here, "gap-id", f"Two gaps have the id `{gap.id}`", "give each its own")
        known.add(gap.id)


def _stands(html: Html, token: str) -> bool:
    """Whether a token came through as text, once, and not inside of what can be clicked."""
    return html.count(token) == 1 and token in _TAG.sub("", _LINK.sub("", html))
