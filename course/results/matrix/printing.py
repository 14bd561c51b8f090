"""The figures of a matrix as a table to read, as JSON and as CSV."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any
from unicodedata import normalize

from course.quiz.statistics import FEWEST, ItemStatistics, QuizStatistics, verdicts

NONE = "-"
WIDEST = 24
UNITS = """\
facility: mean by maximum, with its 95 % interval. SD: standard deviation, in marks. Weights: of the maximum (intended)
and of the spread of totals (effective), in %. Discrimination: correlation with the rest of the test, in %. Efficiency:
discrimination in % of what these marks make possible, doubtful below 15. `course analyse --help` says more."""
HEADS = ("question", "max", "facility", "95 %", "SD", "intended", "effective", "discrimination", "efficiency", "")


def as_table(found: QuizStatistics) -> str:
    """The sentence that answers, the questions, the quiz, and what the columns are."""
    rows = [HEADS, *(_row(item) for item in found.items)]
    return "\n".join([_answer(found), "", *_aligned(rows), "", *_aligned(_quiz(found)), "", UNITS])


def as_json(found: QuizStatistics) -> str:
    """`{"quiz": {...}, "items": [...]}`, by the figures' names; undefined ones are null."""
    quiz = _plain(asdict(found))
    items = quiz.pop("items")
    for item, one in zip(items, found.items, strict=True):
        item["verdicts"] = [str(verdict) for verdict in verdicts(one)]
    return json.dumps({"quiz": quiz, "items": items}, indent=2, ensure_ascii=False)


def as_csv(found: QuizStatistics) -> str:
    """A row for each question and a last one for the quiz, which `subject` tells apart; undefined figures are empty."""
    quiz = _flat({"subject": "quiz"} | _plain(asdict(found)))
    quiz.pop("items")
    rows = [
        _flat(
            {"subject": "item"}
            | _plain(asdict(item))
            | {"name": _inert(item.name), "verdicts": " ".join(map(str, verdicts(item)))}
        )
        for item in found.items
    ]
    names = list(dict.fromkeys(name for row in [*rows, quiz] for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([*rows, quiz])
    return out.getvalue()


def _answer(found: QuizStatistics) -> str:
    attempts = f"{found.attempts} attempt{'' if found.attempts == 1 else 's'}"
    if found.attempts < FEWEST:
        return f"{attempts}: too few answers to say how the questions work ({FEWEST} at least)."
    notable = [_short(item.name) for item in found.items if verdicts(item)]
    if not notable:
        return f"{attempts}: every question does its work."
    return f"{attempts}: look at {', '.join(notable)}."


def _row(item: ItemStatistics) -> tuple[str, ...]:
    return (
        _short(item.name),
        _number(item.maximum, 2),
        _percent(item.facility),
        NONE
        if item.facility_interval is None
        else f"{100 * item.facility_interval.low:.0f}..{100 * item.facility_interval.high:.0f} %",
        _number(item.standard_deviation, 2),
        _number(item.intended_weight, 1),
        "negative" if item.reverses else _number(item.effective_weight, 1),
        _number(item.discrimination_index, 1),
        _number(item.discriminative_efficiency, 1),
        ", ".join(str(verdict) for verdict in verdicts(item)),
    )


def _quiz(found: QuizStatistics) -> list[tuple[str, ...]]:
    return [
        ("maximum", _number(found.maximum, 2)),
        ("mean", _number(found.mean, 2)),
        ("median", _number(found.median, 2)),
        ("standard deviation", _number(found.standard_deviation, 2)),
        ("skewness", _number(found.skewness, 3)),
        ("kurtosis", _number(found.kurtosis, 3)),
        ("Cronbach's alpha, %", _number(found.cronbach_alpha, 1)),
        ("error ratio, %", _number(found.error_ratio, 1)),
        ("standard error", _number(found.standard_error, 2)),
    ]


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Names at the left, figures at the right of their columns, what is said of them at the left of the last."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    last = len(widths) - 1
    for row in rows:
        cells = [
            cell.ljust(width) if at == 0 or (at == last and last > 1) else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _short(name: str) -> str:
    """A name for the table: not too wide, and nothing in it that a terminal obeys."""
    plain = "".join(char if char.isprintable() else "?" for char in name)
    return plain if len(plain) <= WIDEST else plain[: WIDEST - 1] + "…"


def _inert(name: str) -> str:
    """A name that no spreadsheet takes for a formula, nor one that reads full-width signs as the narrow ones."""
    return f"'{name}" if normalize("NFKC", name).startswith(("=", "+", "-", "@", "\t", "\r")) else name


def _percent(share: Fraction | None) -> str:
    return NONE if share is None else f"{float(100 * share):.1f} %"


def _number(value: Fraction | float | None, decimals: int) -> str:
    return NONE if value is None else f"{float(value):.{decimals}f}"


def _plain(value: Any) -> Any:
    """Fractions as numbers, through whatever holds them."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return float(value) if isinstance(value, Fraction) else value


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """An interval as two columns."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if name.endswith("_interval"):
            low, high = value or ("", "")
            flat |= {f"{name}_low": low, f"{name}_high": high}
        else:
            flat[name] = value
    return flat
