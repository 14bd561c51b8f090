"""`block=compare`: a table whose first column is what is compared. On a phone each row stands alone."""

from xml.etree.ElementTree import Element

from course.markup.blocks.job import Job
from course.markup.blocks.table import head, make_row_headers, refill, rows, with_roles
from course.markup.tree import words

TAGS = ("table",)


def build(source: Element, job: Job) -> list[Element]:
    """The table as `table.compare`, each cell with the words of its column's header for when rows are stacked."""
    names = [words(cell) for cell in head(source)]
    if len(names) < 2:
        job.error("compare-columns", "there is nothing to compare in one column", "add columns to the table")
    if any(not name for name in names[1:]):
        job.error("compare-header", "a column of this comparison has no header", "write what the column holds")
    source.set("class", "compare")
    make_row_headers(source)
    for row in rows(source):
        for name, cell in zip(names[1:], row[1:], strict=False):
            refill(cell, "div", "compare-value").set("data-label", name)
    with_roles(source)
    return [source]
