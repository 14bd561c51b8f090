"""Typed words against the keys that an author wrote: what short answers and gaps have in common.

Case, accents and spacing are forgiven; `case=strict` and `accents=strict` on the heading take that back.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from course.markup.findings import Findings, Place
from course.quiz.contract import Draft
from course.quiz.fields import MAX_TEXT
from course.quiz.keys import Wrong, alternatives
from course.quiz.model import Html

OPTIONS = frozenset({"case", "accents"})

_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0652]")
_LETTERS = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i"})
_SIGNS = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-"})


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Wrong answers that get feedback of their own."""

    texts: tuple[str, ...]
    feedback: Html


def fold(text: str, attributes: Mapping[str, str]) -> str:
    """A text without what is forgiven, for comparing."""
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    if attributes.get("accents") != "strict":
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(_LETTERS)
    if attributes.get("case") != "strict":
        text = text.casefold()
    return unicodedata.normalize("NFC", " ".join(text.split()).rstrip(" ."))


def matches(given: str, texts: tuple[str, ...], attributes: Mapping[str, str]) -> bool:
    """Whether what was typed is one of the texts."""
    return fold(given, attributes) in {fold(text, attributes) for text in texts}


def feedback_for(given: str, foreseen: tuple[Foreseen, ...], attributes: Mapping[str, str]) -> Html | None:
    """What is said to whoever typed this, where the author foresaw it."""
    return next((wrong.feedback for wrong in foreseen if matches(given, wrong.texts, attributes)), None)


def parse_keys(text: str, place: Place, attributes: Mapping[str, str], findings: Findings) -> tuple[str, ...]:
    """`mutual | mutual society` → the texts that are right; an empty one is a finding."""
    texts = alternatives(text)
    if any(not fold(one, attributes) or len(one) > MAX_TEXT for one in texts):
        message = "One of these answers is empty or too long"
        findings.error(place, "empty-key", message, "write each answer between the `|`, and none at the ends")
    return texts


def parse_foreseen(
    lines: tuple[Wrong, ...], keys: tuple[str, ...], attributes: Mapping[str, str], findings: Findings
) -> tuple[Foreseen, ...]:
    """The wrong answers that were foreseen beside these keys; one that is a key, or is said twice, is a finding."""
    known = {fold(text, attributes) for text in keys}
    foreseen = []
    for wrong in lines:
        texts = parse_keys(wrong.text, wrong.place, attributes, findings)
        if known & {fold(text, attributes) for text in texts}:
            remedy = "take it out of one of the two lines"
            findings.error(wrong.place, "right-and-wrong", "This answer is a key, or foreseen twice", remedy)
        known |= {fold(text, attributes) for text in texts}
        foreseen.append(Foreseen(texts, wrong.feedback))
    return tuple(foreseen)


def check_options(draft: Draft, findings: Findings) -> None:
    """`case` and `accents` are strict, or are left out."""
    for option in sorted(OPTIONS & draft.attributes.keys()):
        if draft.attributes[option] != "strict":
            message = f"`{option}={draft.attributes[option]}` means nothing"
            findings.error(draft.place, "option", message, f"write `{option}=strict`, or leave it out")
