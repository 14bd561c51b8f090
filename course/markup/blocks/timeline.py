"""`block=timeline`: a list of `1919: what happened` as a line of dates. HTML, so that it reflows on a phone."""

from xml.etree.ElementTree import Element

from course.markup.blocks.items import items
from course.markup.blocks.job import Job
from course.markup.tree import element, words

TAGS = ("ul", "ol")


def build(source: Element, job: Job) -> list[Element]:
    """The list as `ol.timeline`; an item without a date is a finding."""
    line = element("ol", {"class": "timeline", "role": "list"})
    for item in items(source, "span", "div"):
        if not item.has_text:
            job.error(
                "timeline-item",
                f"`{words(item.name)[:60]}` in this timeline has no date, or nothing after it",
                "write each item as `- 1919: what happened`",
            )
        item.name.set("class", "timeline-when")
        item.text.set("class", "timeline-what")
        line.append(element("li", None, item.name, " ", item.text))
    return [line]
