"""Figures as authors write them, and bars on one scale."""

import re
from fractions import Fraction

import pytest

from course.markup.blocks.chart import number
from tests.markup.show import html, rules


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("3", Fraction(3)),
        ("0", Fraction(0)),
        ("12.5", Fraction(25, 2)),
        ("12,5", Fraction(25, 2)),
        ("0.125", Fraction(1, 8)),
        ("1,500", Fraction(1500)),
        ("1.500", Fraction(1500)),
        ("1 500", Fraction(1500)),
        ("1\u202f500,5", Fraction(3001, 2)),
        ("1'500", Fraction(1500)),
        ("1,500,000", Fraction(1_500_000)),
        ("1.500,25", Fraction(6001, 4)),
        ("1,500.25", Fraction(6001, 4)),
        ("10 %", Fraction(10)),
        ("€10", Fraction(10)),
        ("$ 1,000", Fraction(1000)),
        ("10 million", Fraction(10)),
    ],
)
def test_figures_are_read_in_the_usual_ways(text: str, figure: Fraction) -> None:
    assert number(text) == figure


@pytest.mark.parametrize("text", ["", "many", "-3", "−3", "1-2", "3 or 4", "..", "1,,2"])
def test_what_is_no_figure_from_zero_up(text: str) -> None:
    assert number(text) is None


def chart(rows: str) -> str:
    return html(f"## A {{#a}}\n\n| Of | B | C |\n|---|---|---|\n{rows}\n\nFigure: D {{#d block=chart}}")


def test_all_bars_share_one_scale() -> None:
    assert re.findall(r'chart-fill" width="([\d.]+)"', chart("| x | 10 | 5 |\n| y | 2.5 | 0 |")) == [
        "100",
        "50",
        "25",
        "0",
    ]


def test_a_chart_of_zeros_has_empty_bars() -> None:
    assert re.findall(r'chart-fill" width="([\d.]+)"', chart("| x | 0 | 0 |")) == ["0", "0"]


def test_a_dash_has_no_bar() -> None:
    assert chart("| x | 1 | – |").count("<svg") == 1


def test_a_column_too_many_is_found() -> None:
    header = "|".join("abcdefgh")
    text = f"## A {{#a}}\n\n|{header}|\n|{'---|' * 8}\n\nFigure: D {{#d block=chart}}"
    assert rules(text) == [("chart-columns", 6)]
