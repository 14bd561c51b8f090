"""Feedback for what is wrong in a gap: lines `= wrong: GAP: TEXT > ...` under the text."""

from collections.abc import Mapping
from dataclasses import replace

from course.markup.findings import Findings
from course.quiz import typed
from course.quiz.gaps import Gap
from course.quiz.keys import Wrong


def with_feedback(
    gaps: tuple[Gap, ...], lines: tuple[Wrong, ...], attributes: Mapping[str, str], findings: Findings
) -> tuple[Gap, ...]:
    """The gaps with what the lines under the text say; a line that names no gap is a finding."""
    said: dict[str, list[Wrong]] = {gap.id: [] for gap in gaps}
    for line in lines:
        name, colon, text = line.text.partition(":")
        if colon and name.strip() in said:
            said[name.strip()].append(line._replace(text=text.strip()))
        else:
            remedy = "write `= wrong: GAP: TEXT > feedback`, such as `= wrong: a: political > ...`"
            findings.error(line.place, "wrong-line", "This line does not name a gap", remedy)
    return tuple(replace(gap, wrong=_foreseen(gap, tuple(said[gap.id]), attributes, findings)) for gap in gaps)


def _foreseen(
    gap: Gap, lines: tuple[Wrong, ...], attributes: Mapping[str, str], findings: Findings
) -> tuple[typed.Foreseen, ...]:
    foreseen = typed.parse_foreseen(lines, gap.keys or (gap.shown(gap.right),), attributes, findings)
    known = {typed.fold(option.text, attributes) for option in gap.options}
    for line, one in zip(lines, foreseen, strict=True):
        if known and not known >= {typed.fold(text, attributes) for text in one.texts}:
            message = f"The gap `{gap.id}` has no such option"
            findings.error(line.place, "wrong-line", message, "write it in the words of the list")
    return foreseen
