"""Short answer: `type=short` and `= mutual | mutual society`. Case, accents and spacing are forgiven.

`case=strict` and `accents=strict` on the heading take that back.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from course.markup.findings import Findings, Place
from course.quiz.contract import Draft, QuestionType
from course.quiz.fields import MAX_TEXT, Fields
from course.quiz.keys import Keys, alternatives, parse_keys
from course.quiz.model import Html, Order, Question, Value
from course.quiz.release import Curtain

_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0652]")
_LETTERS = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i"})
_SIGNS = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-"})


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Wrong answers that get feedback of their own."""

    texts: tuple[str, ...]
    feedback: Html


@dataclass(frozen=True, slots=True)
class ShortBody:
    """`keys`: every text that is right, as the author wrote it, the first the one to show."""

    keys: tuple[str, ...]
    wrong: tuple[Foreseen, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortView:
    text: str
    longest: int
    right: bool | None
    feedback: Html | None
    keys: tuple[str, ...] | None


class Short(QuestionType[ShortBody]):
    name = "short"
    blocks = frozenset({"equals"})
    options = frozenset({"case", "accents"})
    Body = ShortBody

    def parse(self, draft: Draft, findings: Findings) -> ShortBody | None:
        before = len(findings.errors)
        for option in sorted(self.options & draft.attributes.keys()):
            if draft.attributes[option] != "strict":
                message = f"`{option}={draft.attributes[option]}` means nothing"
                findings.error(draft.place, "option", message, f"write `{option}=strict`, or leave it out")
        keys = parse_keys(draft.answer, findings)
        body = _body(keys, draft.attributes, findings) if keys else None
        return body if len(findings.errors) == before else None

    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        return fields.text() or None

    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        return {"": [value] if isinstance(value, str) else []}

    def score(self, question: Question, value: Value, language: str) -> Fraction:
        return Fraction(_matches(value, self.body(question).keys, question.attributes))

    def view(self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain) -> ShortView:
        body = self.body(question)
        right = value is not None and _matches(value, body.keys, question.attributes)
        return ShortView(
            text=value if isinstance(value, str) else "",
            longest=MAX_TEXT,
            right=curtain.correctness(right) if value is not None else None,
            feedback=None if right else curtain.feedback(_feedback(value, body, question.attributes)),
            keys=curtain.key(body.keys),
        )


def fold(text: str, attributes: Mapping[str, str]) -> str:
    """A text without what is forgiven, for comparing."""
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    if attributes.get("accents") != "strict":
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(_LETTERS)
    if attributes.get("case") != "strict":
        text = text.casefold()
    return unicodedata.normalize("NFC", " ".join(text.split()).rstrip(" ."))


def _matches(value: Value | None, texts: tuple[str, ...], attributes: Mapping[str, str]) -> bool:
    return isinstance(value, str) and fold(value, attributes) in {fold(text, attributes) for text in texts}


def _feedback(value: Value | None, body: ShortBody, attributes: Mapping[str, str]) -> Html | None:
    return next((wrong.feedback for wrong in body.wrong if _matches(value, wrong.texts, attributes)), None)


def _body(keys: Keys, attributes: Mapping[str, str], findings: Findings) -> ShortBody:
    right = _texts(keys.key.text, keys.key.place, attributes, findings)
    known = {fold(text, attributes) for text in right}
    foreseen = []
    for wrong in keys.wrong:
        texts = _texts(wrong.text, wrong.place, attributes, findings)
        if known & {fold(text, attributes) for text in texts}:
            remedy = "take it out of one of the two lines"
            findings.error(wrong.place, "right-and-wrong", "This answer is a key, or foreseen twice", remedy)
        known |= {fold(text, attributes) for text in texts}
        foreseen.append(Foreseen(texts, wrong.feedback))
    return ShortBody(right, tuple(foreseen))


def _texts(text: str, place: Place, attributes: Mapping[str, str], findings: Findings) -> tuple[str, ...]:
    texts = alternatives(text)
    if any(not fold(one, attributes) or len(one) > MAX_TEXT for one in texts):
        message = "One of these answers is empty or too long"
        findings.error(place, "empty-key", message, "write each answer between the `|`, and none at the ends")
    return texts


TYPE = Short()
