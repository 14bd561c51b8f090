"""Answer blocks of `=` lines: the key, and feedback for foreseen wrong answers (`= wrong: 100 > ...`)."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from course.markup.findings import Findings, Place
from course.markup.render import inline
from course.quiz.blocks import EQUALS, WRONG, Answer, place
from course.quiz.model import Html

_ARROW = re.compile(r"(?<!\\)\s>(?:\s+|$)")
_BAR = re.compile(r"(?<!\\)\|")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Key(NamedTuple):
    """What stands after `=`, as written."""

    text: str
    place: Place


class Wrong(NamedTuple):
    """A wrong answer that the author foresaw, and what to say to whoever gives it."""

    text: str
    feedback: Html
    place: Place


@dataclass(frozen=True, slots=True)
class Keys:
    key: Key
    wrong: tuple[Wrong, ...]


def first_key(answer: Answer) -> str:
    """What the first line of the block holds, for telling its type."""
    match = EQUALS.match(answer.lines[0].live)
    return match["text"].strip() if match else ""


def parse_keys(answer: Answer, findings: Findings) -> Keys | None:
    """The one key and the foreseen wrong answers of a block of `=` lines; None after an error."""
    before = len(findings.errors)
    keys: list[Key] = []
    wrong: list[Wrong] = []
    for text, here in _entries(answer, findings):
        if said := WRONG.match(text):
            wrong.append(_wrong(text[said.end() :], here, findings))
        else:
            keys.append(_key(text, here, findings))
    if not keys:
        findings.error(answer.place, "no-key", "No line says what is right", "write it as `= ...`")
    for extra in keys[1:]:
        findings.error(extra.place, "two-keys", "A second key stands here", "write one line `= ...` with the answer")
    return Keys(keys[0], tuple(wrong)) if len(findings.errors) == before else None


def parse_wrong(answer: Answer | None, findings: Findings) -> tuple[Wrong, ...]:
    """The foreseen wrong answers of a block of `= wrong:` lines that follows an answer of another kind."""
    if answer is None:
        return ()
    return tuple(_wrong(WRONG.sub("", text, count=1), here, findings) for text, here in _entries(answer, findings))


def alternatives(text: str) -> tuple[str, ...]:
    """`mutual | mutual society` → its alternatives, escapes resolved."""
    return tuple(_ESCAPE.sub(r"\1", part).strip() for part in _BAR.split(text))


def _entries(answer: Answer, findings: Findings) -> list[tuple[str, Place]]:
    """What stands after each `=`, lines that go on joined, and where it begins."""
    entries: list[tuple[list[str], Place]] = []
    for line in answer.lines:
        here = place(answer.file, line)
        if match := EQUALS.match(line.live):
            entries.append(([match["text"].strip()], here))
        elif line.live.lstrip().startswith(">"):
            remedy = "write `= wrong: ANSWER > feedback`, or put `>` in the first column for the general feedback"
            findings.error(here, "indented-feedback", "A typed answer has no indented feedback", remedy)
        elif line.live.strip():
            entries[-1][0].append(line.live.strip())
    return [(" ".join(words), here) for words, here in entries]


def _key(text: str, here: Place, findings: Findings) -> Key:
    if _ARROW.search(text):
        remedy = "put it under the answer as `> ...` in the first column, or write `\\>` if the sign is meant"
        findings.error(here, "key-feedback", "The right answer carries no feedback of its own", remedy)
    if not text:
        findings.error(here, "no-key", "Nothing stands after `=`", "write the right answer there")
    return Key(text, here)


def _wrong(text: str, here: Place, findings: Findings) -> Wrong:
    arrow = _ARROW.search(text)
    answer, feedback = (text[: arrow.start()], text[arrow.end() :]) if arrow else (text, "")
    if not answer.strip() or not feedback.strip():
        remedy = "write `= wrong: ANSWER > what to say to whoever gives it`"
        findings.error(here, "wrong-line", "This line lacks the wrong answer or the feedback", remedy)
    return Wrong(answer.strip(), inline(feedback, here, findings), here)
