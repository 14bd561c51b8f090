"""Answers of another system as the body of one of our questions. None: it cannot be asked here, and a note says why."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from course.formats.foreign import Answer, Foreign
from course.formats.inward import paragraphs, sentence
from course.formats.outward import percent
from course.formats.report import About
from course.formats.rubrics import read_rubric
from course.markup.html import plain
from course.quiz.choices import MAX_CHOICES, Choice, Choices
from course.quiz.model import EMPTY, Html
from course.quiz.pairs import Item, Pairs, Target
from course.quiz.ranges import Range
from course.quiz.typed import Foreseen, fold
from course.quiz.types.numerical import Foreseen as WrongNumber
from course.quiz.types.numerical import NumericalBody
from course.quiz.types.order import Item as Step
from course.quiz.types.order import OrderBody
from course.quiz.types.short import ShortBody
from course.quiz.types.truefalse import TrueFalseBody, Truth
from course.quiz.types.written import WrittenBody

Read = tuple[str, object] | None
RIGHT = Fraction(999_999, 1_000_000)
HEADS = (Html("This"), Html("Belongs to"))


def one(foreign: Foreign, note: About) -> Read:
    answers = _choices(foreign, note)
    if answers is None:
        return None
    best = max(fraction for _, fraction, _ in answers)
    key = next(at for at, (_, fraction, _) in enumerate(answers) if fraction == best)
    if best < RIGHT:
        note(f"no choice is worth 100 % there; the best, “{plain(answers[key][0])}”, is the right one here")
    for at, (text, fraction, _) in enumerate(answers):
        if fraction > 0 and at != key:
            note(f"“{plain(text)}” is worth {percent(fraction)} % there, and nothing here")
    listed = (Choice(str(at), text, at == key + 1, said) for at, (text, _, said) in enumerate(answers, start=1))
    return "single", Choices(tuple(listed))


def many(foreign: Foreign, note: About) -> Read:
    answers = _choices(foreign, note)
    if answers is None:
        return None
    keys = sum(fraction > 0 for _, fraction, _ in answers)
    if not keys:
        note("left out: no choice of it is right")
        return None
    for text, fraction, _ in answers:
        ours = Fraction(1 if fraction > 0 else -1, keys)
        if abs(fraction - ours) > Fraction(1, 10_000):
            note(f"“{plain(text)}” counts {percent(fraction)} % there, and {percent(ours)} % here")
    listed = (Choice(str(at), text, fraction > 0, said) for at, (text, fraction, said) in enumerate(answers, start=1))
    return "multiple", Choices(tuple(listed))


def _choices(foreign: Foreign, note: About) -> list[tuple[Html, Fraction, Html]] | None:
    """Text, fraction and feedback of each choice; two that say the same are one."""
    found: dict[str, tuple[Html, Fraction, Html]] = {}
    for answer in foreign.answers:
        text = sentence(answer.text, note)
        words = plain(text)
        if not words:
            note("a choice without words is left out")
        elif words in found:
            note(f"“{words}” stands there twice, and once here")
        else:
            found[words] = (text, answer.fraction, paragraphs(answer.feedback, note))
    if not 2 <= len(found) <= MAX_CHOICES:
        note(f"left out: it has {len(found)} choices with words; 2 to {MAX_CHOICES} can be asked")
        return None
    return list(found.values())


def truefalse(foreign: Foreign, note: About) -> Read:
    right = next((answer for answer in foreign.answers if answer.fraction >= RIGHT), None)
    wrong = next((answer for answer in foreign.answers if answer is not right), None)
    if right is None or right.text not in ("true", "false"):
        note("left out: it is not said whether true or false is right")
        return None
    if praise := plain(sentence(right.feedback, note)):
        note(f"the feedback for the right answer is not carried: “{praise[:200]}”")
    key: Truth = "true" if right.text == "true" else "false"
    return "truefalse", TrueFalseBody(key, sentence(wrong.feedback, note) if wrong else EMPTY)


def short(foreign: Foreign, note: About) -> Read:
    typed = typed_answers(foreign.answers, foreign.strict, note)
    return ("short", ShortBody(*typed)) if typed else None


def typed_answers(
    answers: list[Answer], strict: bool, note: About
) -> tuple[tuple[str, ...], tuple[Foreseen, ...]] | None:
    """The texts that are right, and wrong ones with their feedback; None, and a note, where nothing is right."""
    attributes = {"case": "strict"} if strict else {}
    keys: dict[str, str] = {}
    wrong: dict[str, Foreseen] = {}
    for answer in sorted(answers, key=lambda answer: -answer.fraction):
        text = re.sub(r"[ \t\r\n]+", " ", answer.text).strip()
        if re.search(r"(?<!\\)\*", text):
            said = plain(sentence(answer.feedback, note))
            note(f"`{text}` stands for many answers there and is not carried" + (f": “{said[:200]}”" if said else ""))
            continue
        text = text.replace("\\*", "*")
        folded = fold(text, attributes)
        if not folded or len(text) > 1000 or folded in keys or folded in wrong:
            continue
        if answer.fraction >= RIGHT:
            keys[folded] = text
            if praise := plain(sentence(answer.feedback, note)):
                note(f"the feedback for the right answer “{text}” is not carried: “{praise[:200]}”")
            continue
        if answer.fraction > 0:
            note(f"“{text}” is worth {percent(answer.fraction)} % there, and nothing here")
        if feedback := sentence(answer.feedback, note):
            wrong[folded] = Foreseen((text,), feedback)
    if not keys:
        note("left out: no answer of it is worth 100 %")
        return None
    return tuple(keys.values()), joined(wrong.values())


def joined(wrong: Iterable[Foreseen]) -> tuple[Foreseen, ...]:
    """Wrong answers about which the same is said stand on one line."""
    texts: dict[Html, tuple[str, ...]] = {}
    for one in wrong:
        texts[one.feedback] = (*texts.get(one.feedback, ()), *one.texts)
    return tuple(Foreseen(given, feedback) for feedback, given in texts.items())


def numerical(foreign: Foreign, note: About) -> Read:
    key: Range | None = None
    wrong: list[WrongNumber] = []
    for answer in sorted(foreign.answers, key=lambda answer: -answer.fraction):
        feedback = sentence(answer.feedback, note)
        number = _range(answer)
        if number is None:
            said = f": “{plain(feedback)[:200]}”" if feedback else ""
            note(f"the answer `{answer.text[:40]}` is no number and is not carried{said}")
        elif answer.fraction >= RIGHT and key is None:
            key = number
            if feedback:
                note(f"the feedback for the right answer is not carried: “{plain(feedback)[:200]}”")
        elif answer.fraction > 0:
            note(f"{answer.text} is worth {percent(answer.fraction)} % there, and nothing here")
        elif feedback and key and not (key.low <= number.low <= number.high <= key.high):
            wrong.append(WrongNumber(number, feedback))
        elif feedback:
            note(f"the feedback for {answer.text} is not carried: “{plain(feedback)[:200]}”")
    if key is None:
        note("left out: no number of it is worth 100 %")
        return None
    return "numerical", NumericalBody(key, _unit(foreign.unit, note), tuple(wrong))


def _unit(unit: str, note: About) -> str:
    if not unit or re.fullmatch(r"[^\s\d.,±+–<>|\\-][^<>|\\\n]{0,30}", unit):
        return unit
    note(f"the unit `{unit[:40]}` is not carried")
    return ""


def _range(answer: Answer) -> Range | None:
    low, between, high = answer.text.strip().partition("..")
    ends = [_decimal(end) for end in ((low, high) if between else (low,))]
    shown = tuple(end for end in ends if end is not None)
    if len(shown) < len(ends) or shown[0] > shown[-1]:
        return None
    return Range(Fraction(shown[0]) - answer.within, Fraction(shown[-1]) + answer.within, shown)


def _decimal(text: str) -> Decimal | None:
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?([eE][+-]?\d{1,2})?", text.strip()):
        return None
    return Decimal(format(Decimal(text.strip()), "f"))


def pairs(foreign: Foreign, note: About) -> Read:
    rows = [(sentence(answer.text, note), sentence(answer.right, note)) for answer in foreign.answers]
    rows = [(left, right) for left, right in rows if plain(right)]
    lefts = [plain(left) for left, _ in rows if plain(left)]
    rights = list(dict.fromkeys(plain(right) for _, right in rows))
    if len(lefts) < 2 or len(rights) < 2 or len(set(lefts)) < len(lefts):
        note("left out: it has fewer than two pairs, or the same left side twice")
        return None
    if len(rows) > len(rights):
        return "categorise", _categorised(rows, rights)
    items = tuple(Item(str(at), left, str(at)) for at, (left, _) in enumerate(rows, start=1) if plain(left))
    return "match", Pairs(HEADS, items, tuple(Target(str(at), right) for at, (_, right) in enumerate(rows, start=1)))


def _categorised(rows: list[tuple[Html, Html]], rights: list[str]) -> Pairs:
    number = {words: str(at) for at, words in enumerate(rights, start=1)}
    texts = {plain(right): right for _, right in reversed(rows)}
    items = tuple(
        Item(str(at), left, number[plain(right)]) for at, (left, right) in enumerate(rows, start=1) if plain(left)
    )
    return Pairs(HEADS, items, tuple(Target(number[words], texts[words]) for words in rights))


def order(foreign: Foreign, note: About) -> Read:
    texts = [sentence(answer.text, note) for answer in sorted(foreign.answers, key=lambda answer: answer.fraction)]
    if not 2 <= len(texts) <= 20 or len({plain(text) for text in texts} - {""}) < len(texts):
        note("left out: its items are fewer than 2 or more than 20, or two are the same")
        return None
    return "order", OrderBody(tuple(Step(str(at), text) for at, text in enumerate(texts, start=1)))


def essay(foreign: Foreign, note: About) -> Read:
    body = read_rubric(foreign.rubric, note)
    if foreign.rubric and body is None:
        note("the notes for whoever marks are not carried")
    return "written", body or WrittenBody()


def rubric_points(body: object) -> int:
    """The points of a question whose heading names none."""
    criteria = body.criteria if isinstance(body, WrittenBody) else ()
    return sum(criterion.top for criterion in criteria) or 1
