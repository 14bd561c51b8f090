"""The ring: its stations lie inside the picture, apart from each other, with words that fit."""

import re
from math import hypot

import pytest

from course.markup.blocks.cycle import SMALLEST, WIDE, ring, wrap
from tests.markup.show import html

WORDS = [
    "Prevention",
    "Preparedness",
    "Response",
    "Recovery",
    "Reconstruction",
    "Build back better",
    "Learning",
    "Rest",
]


def circles(svg: str) -> list[tuple[float, float, float]]:
    found = re.findall(r'<circle class="cycle-ring" cx="([\d.-]+)" cy="([\d.-]+)" r="([\d.]+)"', svg)
    return [(float(x), float(y), float(r)) for x, y, r in found]


@pytest.mark.parametrize("count", range(2, 9))
def test_stations_are_apart_and_inside(count: int) -> None:
    svg = ring(WORDS[:count], "A ring")
    width, height = (float(side) for side in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    stations = circles(svg)
    assert len(stations) == count
    for x, y, r in stations:
        assert r <= x <= width - r
        assert r <= y <= height - r
    for at, (x, y, r) in enumerate(stations):
        for other_x, other_y, other_r in stations[at + 1 :]:
            assert hypot(x - other_x, y - other_y) > r + other_r + 15


@pytest.mark.parametrize("count", range(2, 7))
def test_words_fit_into_their_stations(count: int) -> None:
    svg = ring(WORDS[:count], "A ring")
    size = float(re.findall(r'cycle-label" text-anchor="middle" font-size="([\d.]+)"', svg)[0])
    assert size >= SMALLEST
    for label in re.findall(r"<tspan[^>]*>([^<]*)</tspan>", svg):
        assert len(label) * size * WIDE <= 2 * circles(svg)[0][2]


def test_where_words_do_not_fit_stations_are_numbered_and_the_list_is_shown() -> None:
    names = ["Institutionnalisation", *WORDS[:7]]
    svg = ring(names, "A ring")
    assert "cycle-label" not in svg
    assert re.findall(r'aria-hidden="true">(\d)</text>', svg) == list("12345678")
    listed = "\n".join(f"{number}. {name}" for number, name in enumerate(names, start=1))
    assert "names-only" not in html(f"## A {{#a}}\n\n{listed}\n\nFigure: B {{#b block=cycle}}")


@pytest.mark.parametrize("count", range(2, 9))
def test_a_picture_on_a_phone_is_hardly_scaled(count: int) -> None:
    for names in (WORDS[:count], ["Institutionnalisation"] * count):
        assert 290 <= float(re.findall(r'viewBox="0 0 ([\d.]+)', ring(names, ""))[0]) <= 370


def test_words_wrap_where_they_allow_it() -> None:
    assert wrap("Build back better", 10) == ["Build back", "better"]
    assert wrap("Reconstruction", 5) == ["Reconstruction"]


def test_names_and_label_are_escaped() -> None:
    svg = ring(["<b>", 'a"b'], '"><script>')
    assert "<b>" not in svg
    assert "<script>" not in svg


def test_names_without_text_are_for_screen_readers_only() -> None:
    page = html("## A {#a}\n\n1. One\n2. Two\n\nFigure: B {#b block=cycle}")
    assert '<ol class="cycle-list names-only" role="list">' in page
    assert "cycle-text" not in page


def test_a_name_ends_at_its_first_colon_bold_or_not() -> None:
    page = html("## A {#a}\n\n1. **One**: a: b\n2. Two : c\n\nFigure: B {#b block=cycle}")
    assert '<strong class="cycle-name">One</strong> <div class="cycle-text">a: b</div>' in page
    assert '<strong class="cycle-name">Two</strong> <div class="cycle-text">c</div>' in page
