"""Ranges of numbers, as an author writes them in a key: `10`, `10 ± 1 %`, `9..11`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from course.markup.findings import Findings, Place
from course.markup.writing import Unwritable

_NUMBER = r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?"
_TO = rf"\s*\.\.\s*(?P<high>{_NUMBER})"
_WITHIN = rf"\s*(?:±|\+/-)\s*(?P<within>{_NUMBER})"
_WRITTEN = re.compile(rf"(?P<low>{_NUMBER})(?:{_TO}|{_WITHIN})?(?:\s*(?P<unit>[^\s\d.,±+–-].*))?")


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers from `low` to `high`, both included. `shown` is the number in the middle, or both ends."""

    low: Fraction
    high: Fraction
    shown: tuple[Decimal, ...]

    def holds(self, number: Fraction, share: Fraction = Fraction(0)) -> bool:
        """Whether `number` is within the range, widened on both sides by a `share` of its ends (0.05: 5 %)."""
        return self.low - abs(self.low) * share <= number <= self.high + abs(self.high) * share


def parse_range(text: str, place: Place, findings: Findings) -> tuple[Range, str] | None:
    """The range and its unit ("" for none); None after an error."""
    match = _WRITTEN.fullmatch(text.replace("−", "-"))
    if match is None:
        message = f"`{text[:40]}` is not a number that can be read"
        remedy = "write `= 10`, `= 10 ± 1` or `= 9..11`, with a decimal point and no separator of thousands"
        findings.error(place, "number", message, remedy)
        return None
    read = _range(match)
    if read.low > read.high:
        message = "No number lies in this range"
        findings.error(place, "number", message, "write the smaller end first, and a tolerance above 0")
        return None
    return read, (match["unit"] or "").strip()


def write_range(written: Range) -> str:
    """The reverse of `parse_range`, without the unit. Raises Unwritable for an end that no decimal number says."""
    if len(written.shown) == 2:
        return "..".join(format(end, "f") for end in written.shown)
    within = written.high - Fraction(written.shown[0])
    return format(written.shown[0], "f") + (f" ± {_decimal(within)}" if within else "")


def _decimal(number: Fraction) -> str:
    digits = next((digits for digits in range(31) if (number * 10**digits).denominator == 1), None)
    if digits is None:
        raise Unwritable("a number without an end")
    return format(Decimal(int(number * 10**digits)).scaleb(-digits), "f")


def _range(match: re.Match[str]) -> Range:
    low, middle = Fraction(match["low"]), Decimal(match["low"])
    if match["high"]:
        return Range(low, Fraction(match["high"]), (middle, Decimal(match["high"])))
    within = Fraction(match["within"] or 0)
    return Range(low - within, low + within, (middle,))
