"""The conditions under which pages are looked at: all of them, or few in which every two still meet."""

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


THREE = ((0, 0, 1), (0, 1, 0), (1, 0, 0))
"""Width, scheme, scripts for the three languages. In it each value is there, and with its mirror every pair is."""


def every(languages: tuple[str, ...]) -> list[Conditions]:
    """All combinations."""
    return [Conditions(*one) for one in product(languages, WIDTHS, SCHEMES, (False, True))]


def few(number: int, languages: tuple[str, ...]) -> list[Conditions]:
    """Three for the page with this number: each language, width and scheme, with scripts and without.

    Odd pages get the mirror of what even pages get, and the languages take turns, so that over all pages every
    value of a condition meets every value of every other.
    """
    turned = [languages[(number // 2 + step) % len(languages)] for step in range(3)]
    mirrored = number % 2
    return [
        Conditions(language, WIDTHS[width ^ mirrored], SCHEMES[scheme ^ mirrored], bool(scripts ^ mirrored))
        for language, (width, scheme, scripts) in zip(turned, THREE, strict=True)
    ]
