"""Tables: headers that say what they head, alignment as classes, and a container that scrolls by keyboard too."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from course.markup.tree import element, move

_ALIGN = {"center": "align-center", "right": "align-end"}


def dress(table: Element) -> None:
    """Give the headers their scope, and turn the library's alignment into classes that know no left and right."""
    for cell in head(table):
        if len(cell) or (cell.text or "").strip():
            cell.set("scope", "col")
        else:
            cell.tag = "td"
    for cell in table.iter():
        align = cell.attrib.pop("align", None)
        if align in _ALIGN:
            cell.set("class", _ALIGN[align])


def scrolling(table: Element, label: str = "label:table") -> Element:
    """`table` in a container that can be focused and scrolled. `label` names it to a screen reader."""
    named = {"class": "table", "role": "region", "tabindex": "0", "aria-label": label}
    return element("div", named, table)


def head(table: Element) -> list[Element]:
    """The cells of the header row."""
    row = table.find("thead/tr")
    return [] if row is None else list(row)


def rows(table: Element) -> Iterator[Element]:
    """The rows of the body."""
    yield from table.findall("tbody/tr")


def make_row_headers(table: Element) -> None:
    """Make the first cell of each row the row's header."""
    for row in rows(table):
        if len(row):
            row[0].tag = "th"
            row[0].set("scope", "row")


def refill(cell: Element, tag: str, name: str) -> Element:
    """Move all that `cell` holds into one child of class `name`, and return the cell."""
    inner = move(cell, Element(tag, {"class": name}))
    cell.text = None
    cell[:] = [inner]
    return cell


def with_roles(table: Element) -> None:
    """Write the roles of all parts, since browsers drop them when CSS displays a table as blocks."""
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for part in table.iter():
        if part.tag == "th":
            part.set("role", "rowheader" if part.get("scope") == "row" else "columnheader")
        elif part.tag in roles:
            part.set("role", roles[part.tag])
