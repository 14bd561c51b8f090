"""`block=cycle`: an ordered list of `**Name**: text` as a ring of stations, with the list under it.

Names stand in the stations if they can be read there on a phone; else the numbers do, and the list has the names.
"""

from html import escape
from math import cos, floor, pi, sin
from xml.etree.ElementTree import Element

from course.markup.blocks.items import items
from course.markup.blocks.job import Job
from course.markup.tree import Child, element, words

TAGS = ("ol",)
FEWEST, MOST = 2, 8

RADIUS = {2: 90, 3: 98, 4: 112, 5: 122, 6: 128, 7: 136, 8: 140}
"""Radius of the ring by the number of stations, in units of the picture: about one CSS pixel on a small phone."""

STATION = {2: 64, 3: 62, 4: 60, 5: 57, 6: 50, 7: 46, 8: 42}
"""Radius of a station."""

GAP = 6
WIDE = 0.64
"""Width of a letter of a sans, as part of its size: bold, and on the wide side of the usual."""

LARGEST, SMALLEST = 14.0, 10.0
"""Sizes of names. Where even the smallest is too large for a word, stations are small and show numbers."""

NUMBERED_RADIUS, NUMBERED_STATION, NUMBERED_SIZE = 116, 30, 20.0


def build(source: Element, job: Job) -> list[Child]:
    """The ring, and the list that says the same in words."""
    stations = list(items(source, "strong", "div"))
    names = [words(station.name) for station in stations]
    if not FEWEST <= len(names) <= MOST:
        job.error("cycle-size", f"a cycle has {FEWEST} to {MOST} stations, this one {len(names)}", "change the list")
        return [source]
    for name in names:
        if not name or len(name) > 48:
            job.error(
                "cycle-name",
                f"`{name[:60]}` is no name for a station",
                "write each item as `1. **Name**: text`, the name in 48 characters or fewer",
            )
    listed = element("ol", {"class": "cycle-list", "role": "list"})
    if _font_size(names) and not any(station.has_text for station in stations):
        listed.set("class", "cycle-list names-only")
    for number, station in enumerate(stations, start=1):
        station.name.set("class", "cycle-name")
        station.text.set("class", "cycle-text")
        after: list[Child] = [" ", station.text] if station.has_text else []
        listed.append(element("li", {"class": f"phase-{number}"}, station.name, *after))
    return [job.picture(ring(names, job.words)), listed]


def ring(names: list[str], label: str) -> str:
    """The SVG of a ring of 2 to 8 stations, clockwise from the top. `label` is what a screen reader says of it."""
    count, size = len(names), _font_size(names)
    radius, station = (RADIUS[count], STATION[count]) if size else (NUMBERED_RADIUS, NUMBERED_STATION)
    middle = radius + station + 2
    parts = [
        f'<svg class="cycle" viewBox="0 0 {2 * middle} {_height(count, radius, station, middle)}" role="img" '
        f'aria-label="{escape(label)}">'
    ]
    for at in range(count):
        parts.append(_arc(at, count, radius, station, middle))
    for at, name in enumerate(names):
        angle = _angle(at, count)
        x, y = middle + radius * cos(angle), middle + radius * sin(angle)
        words = _named(at + 1, name, x, y, station, size) if size else _number(at + 1, x, y + 7, NUMBERED_SIZE)
        circle = f'<circle class="cycle-ring" cx="{_short(x)}" cy="{_short(y)}" r="{station}"/>'
        parts.append(f'<g class="cycle-station phase-{at + 1}">{circle}{words}</g>')
    return "".join(parts) + "</svg>"


def wrap(name: str, widest: int) -> list[str]:
    """The words of a name on lines of at most `widest` characters, where its words allow it."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= widest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _angle(at: int, count: int) -> float:
    return 2 * pi * at / count - pi / 2


def _height(count: int, radius: int, station: int, middle: int) -> str:
    """As much as the lowest station needs: with an odd number of them, less than a square."""
    lowest = max(sin(_angle(at, count)) for at in range(count))
    return _short(middle + radius * lowest + station + 2)


def _font_size(names: list[str]) -> float:
    """The largest size at which every name fits into its station, in three lines; 0 where none does."""
    station = STATION[len(names)]
    longest = max((len(word) for name in names for word in name.split()), default=1)
    size = min(LARGEST, floor(20 * (station - 5) / (longest * WIDE)) / 10)
    fits = size >= SMALLEST and all(len(wrap(name, _widest(station, size))) <= 3 for name in names)
    return size if fits else 0.0


def _widest(station: int, size: float) -> int:
    """How many letters fit on a line."""
    return int(2 * (station - 5) / (size * WIDE))


def _named(number: int, name: str, x: float, y: float, station: int, size: float) -> str:
    """The words in a station: its number, small, and its name under it."""
    lines = wrap(name, _widest(station, size))
    height = size * 1.15
    top = y - height * (len(lines) - 1) / 2 + size * 0.75
    spans = "".join(
        f'<tspan x="{_short(x)}" y="{_short(top + height * at)}">{escape(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    label = f'<text class="cycle-label" text-anchor="middle" font-size="{_short(size)}">{spans}</text>'
    return _number(number, x, top - height * 1.15, size * 0.85) + label


def _number(number: int, x: float, y: float, size: float) -> str:
    return (
        f'<text class="cycle-number" x="{_short(x)}" y="{_short(y)}" text-anchor="middle" '
        f'font-size="{_short(size)}" aria-hidden="true">{number}</text>'
    )


def _arc(at: int, count: int, radius: int, station: int, middle: int) -> str:
    """The arrow from one station to the next, along the ring."""
    clear = (station + GAP) / radius
    begin, end = _angle(at, count) + clear, _angle(at + 1, count) - clear
    tip = _point(middle, radius, end)
    start = _point(middle, radius, begin)
    back = end - 8 / radius
    wings = [_point(middle, radius + side, back) for side in (4.5, -4.5)]
    return (
        f'<path class="cycle-arc" fill="none" d="M{start}A{radius} {radius} 0 0 1 {tip}"/>'
        f'<path class="cycle-head" fill="none" d="M{wings[0]}L{tip}L{wings[1]}"/>'
    )


def _point(middle: int, radius: float, angle: float) -> str:
    return f"{_short(middle + radius * cos(angle))} {_short(middle + radius * sin(angle))}"


def _short(value: float) -> str:
    return (
        f"{value:.1f}".removesuffix(".0").replace("-0", "0") if abs(value) < 0.05 else f"{value:.1f}".removesuffix(".0")
    )
