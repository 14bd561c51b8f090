"""The conditions under which pages are looked at: all of them, or one for each page in turn."""

from dataclasses import dataclass
from itertools import product

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Conditions:
    """How a page is looked at: the path's language, `width` in CSS pixels, colours, with JavaScript or without."""

    language: str
    width: int
    scheme: str
    scripts: bool

    def __str__(self) -> str:
        return f"{self.language}-{self.width}-{self.scheme}-{'js' if self.scripts else 'plain'}"


LOOKS = tuple(product(WIDTHS, SCHEMES, (False, True)))


def every(languages: tuple[str, ...]) -> list[Conditions]:
    """All combinations."""
    return [Conditions(language, *look) for language in languages for look in LOOKS]


def in_turn(number: int, languages: tuple[str, ...]) -> Conditions:
    """The one for the page with this number.

    Eight looks and three languages have no common divisor: any 24 pages in a row meet all combinations between
    them, and eight, which is less than any role has, all looks.
    """
    return Conditions(languages[number % len(languages)], *LOOKS[number % len(LOOKS)])
