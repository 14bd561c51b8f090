"""The course line: modules as stretches of one line, lessons as its stations, quizzes as interchanges.

One picture in three shapes: the home's `picture` (a strip), the course page's `map`, the lesson's `outline`. In each it
is an ordered list of links, so that it reads as a list aloud, prints, and works where no style sheet arrives.
What is done is filled, where I am is ringed, what is ahead is open: told by shape and in words, never by hue alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from flask_babel import gettext as _
from markupsafe import Markup, escape

Shape = Literal["picture", "map", "outline"]
HUES = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the lesson that is open, listed under its station in the outline."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A lesson, or a quiz, which may be an assignment.

    `note` is a few words beside it (`7 min`, `80 %`); `url` empty: it cannot be opened yet.
    """

    kind: Literal["lesson", "quiz"]
    title: str
    url: str
    done: bool = False
    here: bool = False
    note: str = ""
    parts: tuple[Part, ...] = ()
    assignment: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A module. `number` counts from 1 and gives the hue; 0 for what stands after the last module."""

    number: int
    title: str
    stops: tuple[Stop, ...]
    id: str = ""

    @property
    def hue(self) -> str:
        return f"hue-{(self.number - 1) % HUES + 1}" if self.number else ""

    @property
    def holds_here(self) -> bool:
        return any(stop.here for stop in self.stops)


@dataclass(frozen=True, slots=True)
class Words:
    """What the line says, in the interface's language. `count` is filled with `done` and `all`."""

    done: str
    here: str
    ahead: str
    quiz: str
    assignment: str
    count: str


def words() -> Words:
    """The words of the line in the language of this request."""
    return Words(
        done=_("done"),
        here=_("you are here"),
        ahead=_("not done yet"),
        quiz=_("Quiz"),
        assignment=_("Assignment"),
        count=_("%(done)s of %(all)s done", done="{done}", all="{all}"),
    )


def line(stretches: Sequence[Stretch], shape: Shape, words: Words) -> Markup:
    """The line as HTML with small SVG drawings: safe to put into a page as it is. Pure."""
    stops = [stop for stretch in stretches for stop in stretch.stops]
    runs = iter([False, *(one.done and other.done for one, other in pairwise(stops)), False])
    drawn = []
    before = next(runs)
    for index, stretch in enumerate(stretches):
        drawing = _Drawing(shape, words, first=index == 0, last=index == len(stretches) - 1)
        html, before = drawing.stretch(stretch, before, runs)
        drawn.append(html)
    return Markup('<ol class="line line-{}">{}</ol>').format(shape, Markup("").join(drawn))


@dataclass(frozen=True, slots=True)
class _Drawing:
    shape: Shape
    words: Words
    first: bool
    last: bool

    def stretch(self, stretch: Stretch, before: bool, runs: Iterator[bool]) -> tuple[Markup, bool]:
        lead = self._through(before)
        items = []
        for index, stop in enumerate(stretch.stops):
            after = next(runs)
            starts = self.first and index == 0
            ends = self.last and index == len(stretch.stops) - 1
            items.append(self._stop(stop, None if starts else before, None if ends else after))
            before = after
        inside = Markup('<ol class="stops">{}</ol>').format(Markup("").join(items))
        framed = {"picture": self._picture, "map": self._map, "outline": self._outline}[self.shape]
        return framed(stretch, lead, inside), before

    def _picture(self, stretch: Stretch, lead: Markup, inside: Markup) -> Markup:
        return Markup('<li class="stretch {}">{}<p class="stretch-title">{}</p></li>').format(
            stretch.hue, inside, self._name(stretch)
        )

    def _map(self, stretch: Stretch, lead: Markup, inside: Markup) -> Markup:
        return Markup('<li class="stretch {}"{}><h2 class="stretch-title">{}{}</h2>{}</li>').format(
            stretch.hue, _id(stretch), lead, self._name(stretch), inside
        )

    def _outline(self, stretch: Stretch, lead: Markup, inside: Markup) -> Markup:
        return Markup('<li class="stretch {}"><details{}><summary>{}{}</summary>{}</details></li>').format(
            stretch.hue, Markup(" open") if stretch.holds_here else "", lead, self._name(stretch), inside
        )

    def _name(self, stretch: Stretch) -> Markup:
        number = Markup('<b class="stretch-number">{}</b> ').format(stretch.number) if stretch.number else Markup("")
        done = sum(stop.done for stop in stretch.stops)
        if self.shape == "picture" and not done:
            return Markup('{}<span class="stretch-name">{}</span>').format(number, stretch.title)
        count = self.words.count.format(done=done, all=len(stretch.stops))
        return Markup('{}<span class="stretch-name">{}</span> <span class="stretch-count">{}</span>').format(
            number, stretch.title, count
        )

    def _stop(self, stop: Stop, before: bool | None, after: bool | None) -> Markup:
        tag = Markup('<a href="{}"{}>').format(stop.url, self._current() if stop.here else "")
        opened, closed = (tag, Markup("</a>")) if stop.url else (Markup('<span class="stop-shut">'), Markup("</span>"))
        mark = self._mark(stop, before, after)
        return Markup('<li class="{}">{}{}{}{}{}{}</li>').format(
            _classes(stop),
            Markup("") if self.shape == "picture" else mark,
            opened,
            mark if self.shape == "picture" else Markup(""),
            self._said(stop),
            closed,
            _parts(stop) if self.shape == "outline" else "",
        )

    def _current(self) -> Markup:
        return Markup(' aria-current="{}"').format("page" if self.shape == "outline" else "step")

    def _said(self, stop: Stop) -> Markup:
        state = self.words.done if stop.done else self.words.ahead
        state += f", {self.words.here}" if stop.here else ""
        called = self.words.assignment if stop.assignment else self.words.quiz
        kind = Markup('<span class="stop-kind">{} · </span>').format(called) if stop.kind == "quiz" else ""
        note = Markup(' <span class="stop-note">{}</span>').format(stop.note) if stop.note else ""
        said = Markup('<span class="stop-title">{}{}</span>{} <span class="sr">({})</span>').format(
            kind, stop.title, note, state
        )
        return Markup('<span class="stop-label">{}</span>').format(said) if self.shape == "picture" else said

    def _mark(self, stop: Stop, before: bool | None, after: bool | None) -> Markup:
        across = self.shape == "picture"
        at = 14 if across else {"map": 22, "outline": 17}[self.shape]
        ends = [_rail(before, 0, at, across), _rail(after, at, "100%", across)]
        return _svg(Markup("").join([*ends, *_dots(stop, at, across)]))

    def _through(self, run: bool) -> Markup:
        """The line beside a module's name; there is none before the first station."""
        return Markup("") if self.first else _svg(_rail(run, 0, "100%", False))


def _svg(inside: Markup) -> Markup:
    return Markup('<svg class="track" aria-hidden="true">{}</svg>').format(inside)


def _rail(run: bool | None, start: int, end: int | str, across: bool) -> Markup:
    if run is None:
        return Markup("")
    long, short = ("x", "y") if across else ("y", "x")
    return Markup('<line{} {l}1="{}" {l}2="{}" {s}1="12" {s}2="12"/>').format(
        Markup(' class="run"') if run else "", start, end, l=long, s=short
    )


def _dots(stop: Stop, at: int, across: bool) -> Iterator[Markup]:
    x, y = (at, 12) if across else (12, at)
    dot = Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>')
    if stop.here:
        yield dot.format("halo", x, y, 11)
    if stop.kind == "quiz":
        yield dot.format("ring", x, y, 7.5)
        if stop.done:
            yield dot.format("core", x, y, 4)
    else:
        yield dot.format("dot", x, y, 5.5)


def _classes(stop: Stop) -> str:
    return " ".join(
        ["stop", f"stop-{stop.kind}", *(["is-done"] if stop.done else []), *(["is-here"] if stop.here else [])]
    )


def _id(stretch: Stretch) -> Markup:
    return Markup(' id="{}"').format(f"module-{escape(stretch.id)}") if stretch.id else Markup("")


def _parts(stop: Stop) -> Markup:
    if not stop.parts:
        return Markup("")
    items = (Markup('<li><a href="{}">{}</a></li>').format(part.url, part.title) for part in stop.parts)
    return Markup('<ol class="stop-parts">{}</ol>').format(Markup("").join(items))
