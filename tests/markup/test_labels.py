"""Label holes."""

from course.markup.blocks.callout import KINDS
from course.markup.html import Html
from course.markup.labels import LABELS, labels
from tests.markup.show import html


def test_every_hole_is_filled_in_the_language_of_the_interface() -> None:
    page = Html(html("## A {#a}\n\n> [!NOTE]\n> Text\n\n| a | b |\n|---|---|\n| c | d |"))
    filled = labels(page, {"note": "Remarque", "table": "Tableau"}.__getitem__)
    assert '<p class="callout-title"><span>Remarque</span></p>' in filled
    assert 'aria-label="Tableau"' in filled
    assert "label:" not in filled
    assert "data-label" not in filled


def test_the_names_of_holes_are_known() -> None:
    assert set(KINDS) < set(LABELS)
    assert {"table", "back"} < set(LABELS)


def test_cells_of_a_comparison_keep_their_header() -> None:
    page = Html(html("## A {#a}\n\n| a | b |\n|---|---|\n| c | d |\n\nFigure: E {#e block=compare}"))
    assert labels(page, str.upper) == page
