"""Numbers as people write them in their language. `1,500` is 1500 in English and 1.5 in French."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

MAX_CHARACTERS = 40
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_PARTS = re.compile(r"([+-]?)([0-9., '\u2019]*)(?:[eE]([+-]?[0-9]{1,2}))?")
_GROUPED = re.compile(r"[0-9]*|[0-9]{1,3}([ .,'])[0-9]{3}(\1[0-9]{3})*|[0-9]{1,2}(,[0-9]{2})+,[0-9]{3}")
_SAME = str.maketrans({"−": "-", "–": "-", "٫": ".", "٬": ",", "،": ",", "\u2019": "'"})


class _Symbols(NamedTuple):
    decimal: str
    group: str


def read_number(text: str, language: str) -> Decimal | None:
    """The number a person wrote, read by the rules of `language`; None where it cannot be told.

    What only one reading fits is read in any language (`1.500,5`, `1 500`, `1,5`); the language decides the rest.
    """
    if len(text) > MAX_CHARACTERS:
        return None
    plain = "".join(str(unicodedata.decimal(char, char)) for char in text).translate(_SAME)
    match = _PARTS.fullmatch(_SPACES.sub(" ", plain).strip().removesuffix("."))
    if match is None:
        return None
    sign, digits, exponent = match.groups()
    read = _read_digits(digits.strip(), _symbols(language))
    if read is None:
        return None
    return Decimal(f"{sign}{read}" + (f"e{exponent}" if exponent else ""))


def write_number(number: Decimal, language: str) -> str:
    """A number in the digits of `language`, exact and without grouping, so that reading it gives the same number."""
    return format_decimal(number, locale=_locale(language), decimal_quantization=False, group_separator=False)


def canonical(number: Decimal) -> str:
    """The one way in which a number is stored: `1500`, `0.5`; no exponent, no trailing zeros."""
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in {"-0", ""} else plain


def _read_digits(digits: str, symbols: _Symbols) -> str | None:
    """ASCII digits with separators → digits with at most one point."""
    used = {char for char in digits if not char.isdigit()}
    mark = _decimal_mark(digits, used & {".", ","}, symbols)
    whole, _, part = digits.rpartition(mark) if mark else (digits, "", "")
    if not _well_grouped(whole) or (mark and not part.isdigit()):
        return None
    whole = re.sub(r"\D", "", whole)
    return f"{whole or 0}.{part}" if part else whole or None


def _decimal_mark(digits: str, used: set[str], symbols: _Symbols) -> str:
    """Which of the marks in `digits` is the decimal one, "" for none."""
    if len(used) == 2:
        return max(used, key=digits.rindex)
    if not used:
        return ""
    (mark,) = used
    if digits.count(mark) > 1:
        return ""
    grouped = mark == symbols.group and re.fullmatch(r"[1-9][0-9]{0,2}.[0-9]{3}", digits)
    return "" if grouped else mark


def _well_grouped(whole: str) -> bool:
    """Plain digits, or groups of three (in India two, then three) with one and the same separator."""
    return _GROUPED.fullmatch(whole) is not None


@lru_cache(maxsize=64)
def _symbols(language: str) -> _Symbols:
    locale = _locale(language)
    return _Symbols(get_decimal_symbol(locale), get_group_symbol(locale))


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")
