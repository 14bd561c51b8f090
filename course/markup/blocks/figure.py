"""Figures: a picture, table or list with its caption, and the blocks that a caption asks for with `block=`."""

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from course.markup.blocks import chart, compare, cycle, timeline
from course.markup.blocks.job import Job
from course.markup.blocks.table import scrolling
from course.markup.tokens import Caption
from course.markup.tree import Child, element, words

Build = Callable[[Element, Job], Sequence[Child]]

BLOCKS: dict[str, tuple[Build, tuple[str, ...]]] = {
    "timeline": (timeline.build, timeline.TAGS),
    "cycle": (cycle.build, cycle.TAGS),
    "compare": (compare.build, compare.TAGS),
    "chart": (chart.build, chart.TAGS),
}
"""What builds each block, and the tags of what it can be built from."""

_NAMES = {"ul": "a list", "ol": "a numbered list", "table": "a table"}


def picture(image: Element) -> Element:
    """A picture that stands alone in its paragraph."""
    return element("figure", {"class": "figure figure-image"}, image)


def build(source: Element | None, caption: Caption, label: Element, job: Job) -> Element | None:
    """The figure made of `source` and its caption, whose words are in `label`; None where they do not fit."""
    if caption.block is None:
        return _plain(source, label, job)
    if caption.block not in BLOCKS:
        job.error("unknown-block", f"there is no block `{caption.block[:60]}`", f"use one of {', '.join(BLOCKS)}")
        return None
    make, tags = BLOCKS[caption.block]
    inner = source[0] if source is not None and source.tag == "div" and source.get("class") == "table" else source
    if inner is None or inner.tag not in tags:
        names = " or ".join(_NAMES[tag] for tag in tags)
        job.error("block-source", f"`block={caption.block}` needs {names} before the caption", f"put {names} there")
        return None
    return element("figure", {"class": f"figure figure-{caption.block}"}, label, *make(inner, job))


def _plain(source: Element | None, label: Element, job: Job) -> Element | None:
    if source is not None and source.get("class") == "figure figure-image" and source.find("figcaption") is None:
        source.append(label)
        return source
    if source is not None and source.tag == "div" and source.get("class") == "table":
        table = scrolling(source[0], words(label) or "label:table")
        return element("figure", {"class": "figure figure-table"}, label, table)
    job.error(
        "caption-alone",
        "this caption stands under no picture and no table",
        "put it after one, or say with `block=` what the list before it becomes",
    )
    return None
