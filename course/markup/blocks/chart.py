"""`block=chart`: a table of figures, each with a horizontal bar beside it. The table is the picture's own data."""

import re
from fractions import Fraction
from xml.etree.ElementTree import Element

from course.markup.blocks.job import Job
from course.markup.blocks.table import head, make_row_headers, refill, rows, with_roles
from course.markup.tree import element, words

TAGS = ("table",)
MOST_SERIES = 6

_SPACES = re.compile("[\\s\u00a0\u202f\u2009'’]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_UNIT = re.compile(r"^[^\d.,+−-]{0,4}|[^\d.,]{0,12}$")


def build(source: Element, job: Job) -> list[Element]:
    """The table as `table.chart`. All bars share one scale, from zero to the greatest figure."""
    names = [words(cell) for cell in head(source)]
    series = len(names) - 1
    if not 1 <= series <= MOST_SERIES:
        job.error(
            "chart-columns",
            f"a chart has 1 to {MOST_SERIES} columns of figures, this one {max(series, 0)}",
            "change the table",
        )
        return [source]
    figures = [(cell, _figure(cell, job), column) for row in rows(source) for column, cell in enumerate(row) if column]
    greatest = max((figure for _, figure, _ in figures if figure is not None), default=Fraction(0))
    source.set("class", "chart")
    make_row_headers(source)
    for cell, figure, column in figures:
        _dress(cell, figure, greatest, column, names[column] if column <= series else "", job)
    for column, cell in enumerate(head(source)[1:], start=1):
        cell.attrib.pop("class", None)
        _key(cell, column)
    with_roles(source)
    return [source]


def number(text: str) -> Fraction | None:
    """The figure written as `text` in any of the usual ways, or None.

    Spaces and apostrophes group; a comma or point groups where it comes twice or three digits follow it
    (but for `0.125`), else it is the decimal sign. A unit may stand before or after.
    """
    bare = _UNIT.sub("", _SPACES.sub("", text))
    if not _NUMBER.fullmatch(bare):
        return None
    parts = re.split("[.,]", bare)
    signs = re.findall("[.,]", bare)
    if not signs:
        return Fraction(bare)
    grouped = len(signs) > 1 and signs[-1] == signs[0]
    grouped = grouped or (len(signs) == 1 and len(parts[-1]) == 3 and parts[0].strip("0") != "" and len(parts[0]) <= 3)
    whole, decimals = ("".join(parts), "") if grouped else ("".join(parts[:-1]), parts[-1])
    return Fraction(f"{whole}.{decimals or 0}")


def _figure(cell: Element, job: Job) -> Fraction | None:
    text = words(cell)
    figure = number(text)
    if figure is None and text not in ("", "–", "-", "—"):
        job.error(
            "chart-number",
            f"`{text[:40]}` in this chart is no figure from zero up",
            "write a number, with its unit in the header, or a dash where there is none",
        )
    return figure


def _dress(cell: Element, figure: Fraction | None, greatest: Fraction, column: int, name: str, job: Job) -> None:
    refill(cell, "span", "chart-value")
    cell.set("class", f"series-{column}")
    cell.set("data-label", name)
    if figure is not None:
        share = round(float(figure / greatest * 100), 1) if greatest else 0.0
        cell.text = job.picture(_bar(share))


def _bar(share: float) -> str:
    return (
        '<svg class="chart-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="chart-track" width="100" height="6"/>'
        f'<rect class="chart-fill" width="{share:g}" height="6"/></svg>'
    )


def _key(cell: Element, column: int) -> None:
    """Put the series' colour before the words of its header."""
    key = element("span", {"class": f"chart-key series-{column}"})
    key.tail, cell.text = cell.text, None
    cell.insert(0, key)
