"""Gaps as Moodle writes them in a text: `{1:SHORTANSWER:=economic~%0%political#why}`."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape, unescape

from course.formats.foreign import Answer
from course.formats.outward import outward
from course.quiz.gaps import Gap
from course.quiz.model import Html, Question

_SIGNS = re.compile(r"[~#}{\\]|^[=%]")
_GAP = re.compile(r"\{(?P<weight>\d{0,3}):(?P<kind>[A-Z_]{2,20}):(?P<answers>(?:\\.|[^\\{}]){1,20000})\}", re.DOTALL)
_ANSWER = re.compile(
    r"(?P<mark>=|%(?P<share>-?\d{1,3}(?:\.\d{1,7})?)%)?(?P<text>(?:\\.|(?<=&)#|[^\\#])*)(?:#(?P<said>.*))?", re.DOTALL
)
_TYPED = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "NUMERICAL", "NM"}


@dataclass(slots=True)
class ForeignGap:
    """A gap in a text: its answers, whether they are chosen from a list, and what cannot be carried."""

    weight: int
    answers: list[Answer] = field(default_factory=list)
    chosen: bool = False
    strict: bool = False
    number: bool = False
    several: bool = False


def gap_code(gap: Gap, question: Question) -> str:
    """A gap as a piece of Moodle's text."""
    said = {text: wrong.feedback for wrong in gap.wrong for text in wrong.texts}
    if gap.options:
        kind = "MULTICHOICE_S" if question.shuffle else "MULTICHOICE"
        answers = [_answer("=" if one.key else "", one.text, said.get(one.text)) for one in gap.options]
    else:
        kind = "SHORTANSWER_C" if question.attributes.get("case") == "strict" else "SHORTANSWER"
        answers = [_answer("=", key.replace("*", "\\*"), None) for key in gap.keys]
        answers += [_answer("%0%", text.replace("*", "\\*"), feedback) for text, feedback in said.items()]
    return f"{{{gap.weight}:{kind}:{'~'.join(answers)}}}"


def _answer(mark: str, text: str, feedback: Html | None) -> str:
    return f"{mark}{_coded(escape(text, quote=False))}{f'#{_coded(outward(feedback))}' if feedback else ''}"


def _coded(html: str) -> str:
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", html)


def read_gaps(text: str) -> tuple[str, list[ForeignGap]]:
    """A text with a mark of two private signs where each gap stood, and the gaps."""
    gaps: list[ForeignGap] = []

    def taken(match: re.Match[str]) -> str:
        gaps.append(_read(match))
        return f"\ue000{len(gaps) - 1}\ue001"

    return _GAP.sub(taken, text), gaps


def _read(match: re.Match[str]) -> ForeignGap:
    kind = match["kind"]
    gap = ForeignGap(int(match["weight"] or 1), chosen=kind not in _TYPED)
    gap.strict, gap.number = kind in ("SHORTANSWER_C", "SAC", "MWC"), kind in ("NUMERICAL", "NM")
    gap.several = kind.startswith(("MULTIRESPONSE", "MR"))
    for part in re.split(r"(?<!\\)~", match["answers"]):
        found = _ANSWER.fullmatch(part)
        if found is None or not found["text"].strip():
            continue
        fraction = Fraction(1) if found["mark"] == "=" else Fraction(found["share"] or 0) / 100
        words = unescape(re.sub(r"\\(.)", r"\1", found["text"])).strip()
        said = re.sub(r"\\(.)", r"\1", found["said"] or "")
        gap.answers.append(Answer(words, fraction, said))
    return gap
