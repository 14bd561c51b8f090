"""Link holes: found, located, filled."""

from course.markup.findings import Findings, Place
from course.markup.html import Html
from course.markup.links import Target, fill, targets
from course.markup.render import fragment
from tests.markup.show import html, read

TEXT = """## A {#a}

A [b](../b.en.md#c), ![d](figures/é%20f.svg) and [again](../b.en.md#c).

A [g][] by reference.

[g]: lesson:g#h
"""


def test_a_document_lists_its_internal_targets_with_their_places() -> None:
    document, _ = read(TEXT)
    assert [(link.target, link.place.line, link.place.column, link.kind) for link in document.links] == [
        ("../b.en.md#c", 3, 7, "link"),
        ("figures/é f.svg", 3, 27, "image"),
        ("../b.en.md#c", 3, 58, "link"),
        ("lesson:g#h", 7, 6, "link"),
    ]


def test_the_targets_in_the_html_are_those_of_the_document() -> None:
    document, _ = read(TEXT)
    assert targets(Html(html(TEXT))) == [Target(link.target, link.kind) for link in document.links]


def test_external_and_inner_links_are_no_holes() -> None:
    text = "## A {#a}\n\n[a](https://ilo.org) [b](mailto:a@b.c) [c](#a)"
    assert read(text)[0].links == ()
    assert 'rel="noopener noreferrer"' in html(text)


def test_filling_replaces_the_attribute_and_escapes_values() -> None:
    page = fragment("[a](b.md) ![c](d.svg)", Place("q.md"), Findings())
    filled = fill(page, lambda target: {"href": '/b"'} if target.kind == "link" else {"src": "/d", "width": "3"})
    assert '<a href="/b&quot;">a</a>' in filled
    assert '<img alt="c" src="/d" width="3" loading="lazy" decoding="async">' in filled


def test_a_hole_that_leads_nowhere_is_left_without_address() -> None:
    assert fill(Html('<a href="hole:x">a</a>'), lambda _: {}) == "<a >a</a>"


def test_places_of_equal_targets_come_in_order() -> None:
    document, _ = read("## A {#a}\n\n[b](c.md)\n\n`[b](c.md)` [b](c.md)\n\n```\n[b](c.md)\n```")
    assert [link.place.line for link in document.links] == [3, 5]
