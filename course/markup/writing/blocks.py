"""Blocks of HTML as Markdown: paragraphs, lists, quotes, callouts, tables, code, pictures, details."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from course.markup.writing.tree import Unwritable, tree
from course.markup.writing.words import inside, safe_start

_BLOCKS = {"p", "ul", "ol", "blockquote", "aside", "pre", "hr", "div", "figure", "details", "table"}
_HEADING = re.compile("h[3-6]")
_BARS = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def blocks(html: str) -> str:
    """The Markdown of `html`, without a line end. Raises Unwritable for what Markdown has no words for."""
    return "\n".join(_lines(tree(html)))


def _lines(parent: Element) -> list[str]:
    """The lines of the blocks in `parent`; sentences that stand among them become paragraphs."""
    found: list[list[str]] = []
    loose = Element("p")

    def flush() -> None:
        nonlocal loose
        if written := _paragraph(loose):
            found.append(written)
        loose = Element("p")

    loose.text = parent.text
    for child in parent:
        if child.tag in _BLOCKS or _HEADING.fullmatch(child.tag):
            flush()
            found.append(_block(child))
            loose.text = child.tail
        else:
            loose.append(child)
    flush()
    return _apart([block for block in found if block])


def _apart(found: list[list[str]]) -> list[str]:
    return [line for at, block in enumerate(found) for line in (["", *block] if at else block)]


def _block(block: Element) -> list[str]:
    if _HEADING.fullmatch(block.tag):
        return [f"{'#' * int(block.tag[1])} {' '.join(inside(block).split())}"]
    return _WRITERS[block.tag](block)


def _paragraph(block: Element) -> list[str]:
    return [safe_start(line.strip()) for line in inside(block).split("\n") if line.strip()]


def _list(block: Element) -> list[str]:
    start = int(block.get("start", "1"))
    items = [
        _item(f"{start + at}. " if block.tag == "ol" else "- ", item)
        for at, item in enumerate(child for child in block if child.tag == "li")
    ]
    loose = any(item.find("p") is not None for item in block)
    return _apart(items) if loose else [line for item in items for line in item]


def _item(marker: str, item: Element) -> list[str]:
    lines = _lines(item) or [""]
    if item.find("p") is None and "" in lines[:2]:  # In a tight list, what is nested follows without a blank line.
        lines = [lines[0], *lines[2:]] if len(lines) > 1 else lines
    return [f"{marker}{lines[0]}".rstrip(" "), *(f"    {line}".rstrip() for line in lines[1:])]


def _quote(block: Element) -> list[str]:
    return [f"> {line}".rstrip(" ") for line in _lines(block)]


def _callout(block: Element) -> list[str]:
    kind = re.search(r"callout-(\w+)", block.get("class", ""))
    if kind is None:
        raise Unwritable("an aside that is no callout")
    title, *rest = block
    block[:] = rest
    block.text = title.tail
    return [f"> [!{kind[1].upper()}]", *_quote(block)]


def _code(block: Element) -> list[str]:
    text = "".join(block.itertext()).removesuffix("\n")
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    return ["`" * (longest + 1), *text.split("\n"), "`" * (longest + 1)]


def _division(block: Element) -> list[str]:
    return _lines(block)


def _table(block: Element) -> list[str]:
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in block.iter("tr")]
    if not rows or not rows[0]:
        return []
    width = max(len(row) for row in rows)
    dashes = [_dash(cell) for cell in rows[0]] + ["---"] * (width - len(rows[0]))
    head, *body = [_row([_cell(cell) for cell in row] + [""] * (width - len(row))) for row in rows]
    return [head, _row(dashes), *body]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _dash(cell: Element) -> str:
    return {"align-center": ":-:", "align-end": "--:"}.get(cell.get("class", ""), "---")


def _cell(cell: Element) -> str:
    """What stands in a cell, on one line, bars escaped, in code too."""
    return _BARS.sub(r"\1\\|", " ".join(inside(cell).split()))


def _figure(block: Element) -> list[str]:
    picture, caption = block.find("img"), block.find("figcaption")
    if picture is None:
        raise Unwritable("a picture that is made from a list or a table")
    holder = Element("p")
    holder.append(picture)
    picture.tail = None
    words = [] if caption is None else ["", f"Figure: {' '.join(inside(caption).split())}"]
    return [*_paragraph(holder), *words]


def _details(block: Element) -> list[str]:
    summary, *rest = block
    holder = Element("div")
    holder[:] = rest
    words = " ".join(inside(summary).split())
    return ["<details>", f"<summary>{words}</summary>", "", *_lines(holder), "", "</details>"]


_WRITERS: dict[str, Callable[[Element], list[str]]] = {
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "blockquote": _quote,
    "aside": _callout,
    "pre": _code,
    "hr": lambda _: ["---"],
    "div": _division,
    "table": _table,
    "figure": _figure,
    "details": _details,
}
