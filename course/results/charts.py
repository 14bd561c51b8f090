"""Small pictures of figures, drawn by the server: SVG without style or script, each beside the table that it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from markupsafe import Markup

WIDTH, HEIGHT, BASE, TOP, WIDEST_LABEL = 560, 150, 124, 16, 44


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart: what stands under it, how high it is, what stands above it; `strong` where it matters."""

    label: str
    value: float
    said: str = ""
    strong: bool = True


def bar(share: Fraction | float | None, mark: Fraction | float | None = None) -> Markup:
    """A bar for a table's cell, 0 to 1 of its width; with `mark`, a line across it there."""
    width = 0.0 if share is None else round(max(0.0, min(1.0, float(share))) * 100, 1)
    line = Markup('<line x1="{0}" x2="{0}" y1="0" y2="6"/>').format(round(float(mark) * 100, 1)) if mark else ""
    return Markup(
        '<svg class="figure-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="chart-track" width="100" height="6"/><rect class="chart-fill" width="{}" height="6"/>{}</svg>'
    ).format(width, line)


def columns(given: Sequence[Column]) -> Markup:
    """A chart of columns. It repeats a table, so it is hidden from screen readers."""
    if not given:
        return Markup("")
    step = WIDTH / len(given)
    most = max(column.value for column in given) or 1
    every = max(1, ceil(WIDEST_LABEL / step))
    body = Markup("").join(_column(column, at, step, most, shown=at % every == 0) for at, column in enumerate(given))
    return Markup(
        '<svg class="columns" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        '{}<line x1="0" x2="{}" y1="{}" y2="{}"/></svg>'
    ).format(WIDTH, HEIGHT, body, WIDTH, BASE, BASE)


def _column(column: Column, at: int, step: float, most: float, *, shown: bool) -> Markup:
    height = round((BASE - TOP) * column.value / most, 1)
    left, width = round(at * step + step * 0.1, 1), round(step * 0.8, 1)
    middle = round(at * step + step / 2, 1)
    drawn = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        "chart-column" if column.strong else "chart-column chart-column-quiet", left, BASE - height, width, height
    )
    value = Markup('<text class="chart-column-value" x="{}" y="{}">{}</text>')
    said = value.format(middle, BASE - height - 4, column.said) if column.said and step > 24 else Markup("")
    label = Markup('<text x="{}" y="{}">{}</text>').format(middle, HEIGHT - 8, column.label) if shown else Markup("")
    return drawn + said + label
