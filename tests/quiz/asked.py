"""Questions of every type as an author can ask them, for property-based tests of whoever writes or carries them."""

from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any

from hypothesis import strategies as st

from course.markup.html import plain
from course.markup.sanitise import sanitise
from course.quiz.choices import Choice, Choices
from course.quiz.gaps import Gap, Option
from course.quiz.model import EMPTY, Html, Question
from course.quiz.pairs import Foreseen as WrongPair
from course.quiz.pairs import Item, Pairs, Target
from course.quiz.ranges import Range
from course.quiz.typed import Foreseen, fold
from course.quiz.types.cloze import ClozeBody
from course.quiz.types.numerical import Foreseen as WrongNumber
from course.quiz.types.numerical import NumericalBody
from course.quiz.types.order import Item as Step
from course.quiz.types.order import OrderBody
from course.quiz.types.scale import ScaleBody
from course.quiz.types.scale import Step as Point
from course.quiz.types.short import ShortBody
from course.quiz.types.truefalse import TrueFalseBody
from course.quiz.types.written import Criterion, Level, WrittenBody

SIGNS = "abcdeféñœß 123" + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" + "\u00a0€→日م"
LINK = '<a href="https://example.org/a_b?c=d" rel="noopener noreferrer">{}</a>'

raw = st.text(SIGNS, min_size=1, max_size=14).map(lambda text: " ".join(text.split(" ")).strip(" "))
texts = raw.filter(lambda text: any(char.isalnum() for char in text) and "  " not in text)
"""Words with every sign in them that could mean something to a grammar."""

ids = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4})?", fullmatch=True)


def html(text: str) -> str:
    return escape(text, quote=False)


pieces = st.one_of(
    texts.map(html),
    texts.map(html),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["em", "strong", "kbd", "sub", "del"]), st.sampled_from("abc")),
    st.builds("<code>{}</code>".format, texts.filter(lambda text: "\xa0" not in text).map(html)),
    st.builds(LINK.format, st.sampled_from(["words", "other words"])),
)
lines = (
    st.lists(pieces, min_size=1, max_size=3)
    .map(lambda parts: Html(sanitise(" ".join(parts))))
    .filter(lambda line: bool(plain(line)))
)
"""HTML of one line, as Markdown makes it."""

blocks = st.one_of(
    lines.map("<p>{}</p>".format),
    lines.map("<p>{}</p>".format),
    st.lists(lines, min_size=1, max_size=3).map(
        lambda items: f"<ul>{''.join(f'<li>{one}</li>' for one in items)}</ul>"
    ),
    lines.map("<blockquote><p>{}</p></blockquote>".format),
    texts.map(lambda text: sanitise(f"<pre><code>{html(text)}\n</code></pre>")),
)


def _text(most: int) -> st.SearchStrategy[Html]:
    """Blocks that end with a paragraph, so that no answer goes on with a list before it; two lists would be one."""
    whole = st.tuples(st.lists(blocks, max_size=most - 1), lines.map("<p>{}</p>".format))
    joined = whole.map(lambda parts: Html("".join(parts[0]) + parts[1]))
    return joined.filter(lambda text: "</ul><ul>" not in text) | st.just(EMPTY)


stems = _text(3)
feedbacks = _text(2)
one_line = lines | st.just(EMPTY)


def distinct(strategy: st.SearchStrategy[Html], least: int, most: int) -> st.SearchStrategy[list[Html]]:
    return st.lists(strategy, min_size=least, max_size=most, unique_by=lambda one: plain(one).casefold())


@st.composite
def single(draw: st.DrawFn) -> Choices:
    options = draw(distinct(lines, 2, 4))
    key = draw(st.integers(0, len(options) - 1))
    return Choices(tuple(Choice(str(at + 1), one, at == key, draw(feedbacks)) for at, one in enumerate(options)))


@st.composite
def multiple(draw: st.DrawFn) -> Choices:
    options = draw(distinct(lines, 2, 5))
    keys = draw(st.sets(st.integers(0, len(options) - 1), min_size=1))
    return Choices(tuple(Choice(str(at + 1), one, at in keys, draw(feedbacks)) for at, one in enumerate(options)))


truefalse = st.builds(TrueFalseBody, st.sampled_from(["true", "false"]), one_line)
decimals = st.decimals(-1000, 1000, places=2).map(lambda number: Decimal(format(number.normalize(), "f")))


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    low = draw(decimals)
    within = draw(st.integers(0, 50).map(lambda number: Fraction(number, 4)))
    if within and draw(st.booleans()):
        high = low + draw(st.integers(1, 9))
        return Range(Fraction(low), Fraction(high), (low, high))
    return Range(Fraction(low) - within, Fraction(low) + within, (low,))


@st.composite
def numerical(draw: st.DrawFn) -> NumericalBody:
    key = draw(ranges())
    wrong = draw(st.lists(st.tuples(ranges(), lines), max_size=2))
    kept = [one for one in wrong if not (key.low <= one[0].low <= one[0].high <= key.high)]
    return NumericalBody(key, draw(st.sampled_from(["", "%", "kg", "m²"])), tuple(WrongNumber(*one) for one in kept))


@st.composite
def foreseen(draw: st.DrawFn, keys: list[str], words: st.SearchStrategy[str]) -> tuple[Foreseen, ...]:
    known = {fold(key, {}) for key in keys}
    found = []
    for text in draw(st.lists(words, max_size=2)):
        if fold(text, {}) not in known:
            known.add(fold(text, {}))
            found.append(Foreseen((text,), draw(lines)))
    return tuple(found)


typed = texts.map(lambda text: text.strip()).filter(lambda text: bool(fold(text, {})))
"""Words that a learner may type."""
gap_words = typed.filter(lambda text: not set(text) & set("[]`"))


@st.composite
def short(draw: st.DrawFn) -> ShortBody:
    keys = draw(st.lists(typed, min_size=1, max_size=3, unique=True))
    return ShortBody(tuple(keys), draw(foreseen(keys, typed)))


@st.composite
def gap(draw: st.DrawFn, name: str) -> Gap:
    weight = draw(st.sampled_from([1, 1, 2, 5]))
    if draw(st.booleans()):
        keys = draw(st.lists(gap_words, min_size=1, max_size=2, unique=True))
        return Gap(name, tuple(keys), weight=weight, wrong=draw(foreseen(keys, gap_words)))
    options = draw(st.lists(lines.map(plain), min_size=2, max_size=3, unique_by=lambda one: fold(one, {})))
    key = draw(st.integers(0, len(options) - 1))
    return Gap(name, options=tuple(Option(one, at == key) for at, one in enumerate(options)), weight=weight)


@st.composite
def cloze(draw: st.DrawFn) -> ClozeBody:
    names = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    gaps = tuple(draw(gap(name)) for name in names)
    around = lines.filter(lambda line: "`" not in line)  # Backticks and gaps do not go together on one line.
    sentences = [f"<p>{draw(around)} <!--gap {one.id}--> {draw(around)}</p>" for one in gaps]
    return ClozeBody(Html("".join(sentences)), gaps)


@st.composite
def match(draw: st.DrawFn) -> Pairs:
    lefts, rights = draw(distinct(lines, 2, 4)), draw(distinct(lines, 4, 5))
    items = tuple(Item(str(at), text, str(at)) for at, text in enumerate(lefts, start=1))
    targets = tuple(Target(str(at), text) for at, text in enumerate(rights, start=1))
    body = Pairs((draw(lines), draw(lines)), items, targets)
    return draw(with_feedback(body))


@st.composite
def categorise(draw: st.DrawFn) -> Pairs:
    rights = draw(distinct(lines, 2, 3))
    placed = draw(st.lists(st.tuples(lines, st.integers(0, len(rights) - 1)), min_size=2, max_size=5,
                           unique_by=lambda one: plain(one[0]).casefold()))  # fmt: skip
    seen = list(dict.fromkeys([at for _, at in placed] + list(range(len(rights)))))
    number = {at: str(place) for place, at in enumerate(seen, start=1)}
    items = tuple(Item(str(row), text, number[at]) for row, (text, at) in enumerate(placed, start=1))
    return draw(
        with_feedback(Pairs((draw(lines), draw(lines)), items, tuple(Target(number[at], rights[at]) for at in seen)))
    )


@st.composite
def with_feedback(draw: st.DrawFn, body: Pairs) -> Pairs:
    item = draw(st.sampled_from(body.items))
    wrong = [target.id for target in body.targets if target.id != item.target]
    said = draw(st.lists(st.sampled_from(wrong), max_size=1))
    return replace(body, wrong=tuple(WrongPair(item.id, target, draw(lines)) for target in said))


order = distinct(lines, 2, 4).map(
    lambda items: OrderBody(tuple(Step(str(at), text) for at, text in enumerate(items, start=1)))
)
scale = st.lists(one_line, max_size=3).flatmap(
    lambda middle: st.tuples(lines, lines).map(
        lambda ends: ScaleBody(tuple(Point(at, text) for at, text in enumerate([ends[0], *middle, ends[1]], start=1)))
    )
)


@st.composite
def written(draw: st.DrawFn) -> WrittenBody:
    columns = draw(st.lists(st.integers(0, 5), min_size=2, max_size=3, unique=True).map(sorted))
    rows = []
    for _ in range(draw(st.integers(0, 2))):
        levels = [Level(points, text) for points in columns if (text := draw(one_line))]
        if levels and levels[-1].points:
            rows.append(Criterion(draw(lines), tuple(levels)))
    return WrittenBody(draw(lines), tuple(rows)) if rows else WrittenBody()


BODIES: dict[str, st.SearchStrategy[Any]] = {
    "single": single(),
    "multiple": multiple(),
    "truefalse": truefalse,
    "numerical": numerical(),
    "short": short(),
    "cloze": cloze(),
    "match": match(),
    "categorise": categorise(),
    "order": order,
    "scale": scale,
    "written": written(),
}


@st.composite
def questions(draw: st.DrawFn, kind: str) -> Question:
    body = draw(BODIES[kind])
    attributes = {"type": kind}
    if kind not in ("scale", "written") and draw(st.booleans()):
        attributes["points"] = str(draw(st.integers(0, 9)))
    if draw(st.booleans()):
        attributes["objective"] = draw(ids)
    if draw(st.booleans()):
        attributes["shuffle"] = "no"
    rubric = sum(criterion.top for criterion in body.criteria) or 1 if kind == "written" else 1
    bare = kind == "written" and not body.criteria  # Without a rubric all that follows is the text of the question.
    return Question(
        id=draw(ids),
        type=kind,
        prompt=draw(lines),
        stem=draw(stems),
        body=body,
        feedback=EMPTY if bare else draw(feedbacks),
        points=int(attributes.get("points", "0" if kind == "scale" else rubric)),
        objective=attributes.get("objective"),
        shuffle="shuffle" not in attributes,
        attributes=attributes,
    )


def without_lines(thing: Any) -> Any:
    """A question, or what is in it, as if everything stood on line 1."""
    if is_dataclass(thing) and not isinstance(thing, type):
        changed: dict[str, Any] = {
            field.name: 1 if field.name == "line" else without_lines(getattr(thing, field.name))
            for field in fields(thing)
        }
        return replace(thing, **changed)
    if type(thing) is tuple:
        return tuple(map(without_lines, thing))
    return thing
