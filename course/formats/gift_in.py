"""Reading GIFT. A block of lines is a question; a blank line ends it, and `\\` before a sign makes it text."""

import io
import re
from collections.abc import Iterator
from fractions import Fraction

from course.formats.foreign import MOST_QUESTIONS, Answer, Bank, Foreign, Refused
from course.formats.inward import as_html
from course.formats.moodle_cloze import ForeignGap
from course.formats.report import About, Report

MOST_BYTES = 2_000_000
MOST_IN_ONE = 100_000

_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_SIGNS = "\\~=#{}:n"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{0,7})?)%")
_TRUTH = {"T": "true", "TRUE": "true", "F": "false", "FALSE": "false"}
_NUMBER = re.compile(
    r"\s*(?P<low>[^\s:#]+?)\s*(?:\.\.\s*(?P<high>[^\s:#]+)|:\s*(?P<within>\d{1,15}(?:\.\d{1,15})?))?\s*"
)


def read(data: bytes) -> Bank:
    """The questions in a GIFT file. Raises Refused for a file that is none, or is too large."""
    if len(data) > MOST_BYTES:
        raise Refused(f"The file has more than {MOST_BYTES // 1_000_000} MB, which is too much. Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The file is not UTF-8. Save it as UTF-8 in your editor and try again.") from None
    if "\0" in text:
        raise Refused("The file is not text: it has zero bytes in it.")
    bank = Bank()
    for number, (line, lines) in enumerate(_blocks(_PRIVATE.sub("", text)), start=1):
        if number > MOST_QUESTIONS + 200:
            raise Refused(f"The file has more than {MOST_QUESTIONS} questions. Split it into several.")
        _block(line, lines, bank)
    if len(bank.questions) > MOST_QUESTIONS:
        raise Refused(f"The file has {len(bank.questions)} questions; {MOST_QUESTIONS} are the most. Split it.")
    return bank


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that are not blank, each with the number of its first."""
    block: list[str] = []
    number = 0
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []
    if block:
        yield number - len(block) + 1, block


def _block(first: int, lines: list[str], bank: Bank) -> None:
    comments = [line for line in lines if line.lstrip().startswith("//")]
    asked = [line for line in lines if not line.lstrip().startswith("//")]
    if asked and asked[0].lstrip().startswith("$CATEGORY:"):
        name = asked.pop(0).partition(":")[2].strip()
        bank.title = bank.title or name.replace("//", "\0").rpartition("/")[2].replace("\0", "/").strip()
    text = "".join(asked).strip()
    if not text:
        return
    number = len(bank.questions) + len(bank.left_out) + 1
    protected = _ESCAPED.sub(lambda sign: chr(0xE010 + _SIGNS.index(sign[1])), text)
    title = _TITLE.match(protected)
    name = _plain(title[1]).strip() if title else ""
    rest = protected[title.end() :] if title else protected
    if why := _unreadable(rest):
        bank.left_out.append((first, name or f"question {number}", why))
        return
    question = _question(rest, Foreign(number, name, "essay", "", line=first))
    question.id = _tagged(comments, r"\[id:([^\]\s]{1,100})\]")
    question.objective = _tagged(comments, r"\[tag:objective:([^\]\s]{1,60})\]") or None
    bank.questions.append(question)


def _tagged(comments: list[str], pattern: str) -> str:
    found = re.search(pattern, " ".join(comments))
    return found[1] if found else ""


def _unreadable(text: str) -> str:
    """Why a block is no question, "" where it is one."""
    opened, closed = text.count("{"), text.count("}")
    if len(text) > MOST_IN_ONE:
        return f"left out: it has more than {MOST_IN_ONE:,} characters"
    if opened == closed == 0:
        return "left out: it asks nothing (a description has no place in a quiz file)"
    if opened > 1 or closed > 1:
        return (
            "left out: several answers in braces stand here; put a blank line between two questions, "
            "or `\\` before braces that are text"
        )
    if opened != closed or text.index("{") > text.index("}"):
        return "left out: a brace that opens or closes an answer is missing"
    return ""


def _question(text: str, question: Foreign) -> Foreign:
    kind = _FORMAT.match(text)
    form = kind[1] if kind else "moodle"
    before, _, rest = (text[kind.end() :] if kind else text).partition("{")
    inside, _, after = rest.partition("}")
    answers, general = _general(inside)
    note = About(Report(), 0, "")
    question.general = _said(general, form, note)
    if after.strip():
        return _missing_word(question, before, answers, after, form)
    question.text = _said(before, form, note)
    return _answers(question, answers, form)


def _general(inside: str) -> tuple[str, str]:
    at = inside.rfind("####")
    return (inside, "") if at < 0 else (inside[:at], inside[at + 4 :])


def _answers(question: Foreign, text: str, form: str) -> Foreign:
    stripped = text.strip()
    note = About(Report(), 0, "")
    truth = _TRUTH.get(stripped.partition("#")[0].strip())
    if not stripped:
        question.kind = "essay"
    elif stripped.startswith("#"):
        question.kind, question.answers = "numerical", list(_numbers(stripped[1:], form, question))
    elif truth:
        question.kind, question.answers = "truefalse", _truth(stripped, truth, form)
    elif "~" in stripped:
        question.kind = "one" if "=" in stripped else "many"
        question.answers = [
            answer._replace(text=_said(answer.text, form, note)) for answer in _marked(stripped, "[~=]", form)
        ]
    elif "->" in stripped:
        question.kind, question.answers = "match", list(_matched(stripped, form))
    else:
        question.kind = "short"
        marked = stripped if stripped.startswith("=") else f"={stripped}"
        question.answers = [answer._replace(text=_plain(answer.text)) for answer in _marked(marked, "=", form)]
    return question


def _marked(text: str, marks: str, form: str) -> Iterator[Answer]:
    """Answers behind `=` or `~`, with weight and feedback; the text as it stands."""
    note = About(Report(), 0, "")
    for part in re.split(rf"(?={marks})", text):
        if not part.strip() or part[0] not in "~=":
            continue
        body, _, said = part[1:].partition("#")
        weight = _WEIGHT.match(body)
        fraction = Fraction(weight[1]) / 100 if weight else Fraction(part[0] == "=")
        words = body[weight.end() :] if weight else body
        yield Answer(words.strip(), fraction, _said(said, form, note))


def _matched(text: str, form: str) -> Iterator[Answer]:
    note = About(Report(), 0, "")
    for part in text.split("="):
        left, arrow, right = part.partition("->")
        if arrow:
            yield Answer(_said(left, form, note), right=as_html(_plain(right), "plain", note))


def _truth(text: str, truth: str, form: str) -> list[Answer]:
    """`{T#said to who is wrong#said to who is right}`."""
    note = About(Report(), 0, "")
    _, wrong, right = [*text.split("#"), "", ""][:3]
    other = "false" if truth == "true" else "true"
    return [Answer(truth, Fraction(1), _said(right, form, note)), Answer(other, Fraction(0), _said(wrong, form, note))]


def _numbers(text: str, form: str, question: Foreign) -> Iterator[Answer]:
    note = About(Report(), 0, "")
    numbers, _, wrong = text.partition("~")
    if wrong.strip(" \t\n#"):
        question.lost.append(f"the feedback for all other numbers is not carried: “{_plain(wrong).strip(' #')[:200]}”")
    for part in numbers.split("="):
        if not part.strip():
            continue
        body, _, said = part.partition("#")
        weight = _WEIGHT.match(body)
        fraction = Fraction(weight[1]) / 100 if weight else Fraction(1)
        found = _NUMBER.fullmatch(body[weight.end() :] if weight else body)
        number = "" if found is None else f"{found['low']}..{found['high']}" if found["high"] else found["low"]
        within = Fraction(found["within"]) if found and found["within"] else Fraction(0)
        yield Answer(_plain(number) or body.strip(), fraction, _said(said, form, note), within=within)


def _missing_word(question: Foreign, before: str, answers: str, after: str, form: str) -> Foreign:
    """`Two {=and ~or} two`: a text with one gap."""
    note = About(Report(), 0, "")
    gap = ForeignGap(1, chosen="~" in answers)
    marked = answers.strip() if answers.strip().startswith(("=", "~")) else f"={answers.strip()}"
    gap.answers = [answer._replace(text=_plain(answer.text)) for answer in _marked(marked, "[~=]", form)]
    question.kind, question.gaps = "cloze", [gap]
    question.text = _said(f"{before}\ue0000\ue001{after}", form, note)
    return question


def _said(text: str, form: str, note: About) -> str:
    """A text as HTML; it may name a format of its own."""
    own = _FORMAT.match(text)
    kind = own[1] if own else form
    words = _plain(text[own.end() :] if own else text).strip()
    return as_html(words, {"moodle": "moodle_auto_format", "plain": "plain_text"}.get(kind, kind), note)


def _plain(text: str) -> str:
    """A text with its escaped signs back."""
    return re.sub(
        "[\ue010-\ue017]", lambda sign: "\n" if ord(sign[0]) == 0xE017 else _SIGNS[ord(sign[0]) - 0xE010], text
    )
