"""Every colour that meets another is measured: WCAG contrast in both themes, hues that colour-blind eyes can tell."""

import re
from itertools import combinations
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "course/web/static/css"
Colour = tuple[float, float, float]

# Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB.
EYES: dict[str, tuple[Colour, Colour, Colour]] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}

TEXT = (
    "ink",
    "soft",
    "accent",
    "good",
    "bad",
    "care",
    *(f"hue-{n}" for n in range(1, 9)),
    *(f"phase-{n}" for n in range(1, 6)),
)
PAIRS = [(text, ground, 4.5) for text in TEXT for ground in ("paper", "shade")]
PAIRS += [("ink", "mark", 7.0), ("on-accent", "accent", 4.5), ("paper", "ink", 7.0), ("ink", "paper", 12.0)]
PAIRS += [("edge", "paper", 3.0), ("edge", "shade", 3.0)]
PAIRS += [("paper", f"phase-{n}", 4.5) for n in range(1, 6)]


def tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", css))


def themes() -> dict[str, dict[str, str]]:
    light = tokens((CSS / "tokens.css").read_text())
    return {"light": light, "dark": light | tokens(dark_blocks()[0])}


def dark_blocks() -> list[str]:
    return re.findall(r":root[^{]*\{([^}]*)\}", (CSS / "tokens-dark.css").read_text())


def linear(colour: str) -> Colour:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Colour) -> Colour:
    red, green, blue = (min(max(c, 0), 1) for c in colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour: str, eye: str) -> Colour:
    rgb = linear(colour)
    red, green, blue = (sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in EYES[eye])
    return lab((red, green, blue))


def distance(one: Colour, other: Colour) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


def test_contrast_is_computed_as_wcag_defines_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_every_pair_of_colours_that_meets_can_be_read(theme: str, text: str, ground: str, least: float) -> None:
    colours = themes()[theme]
    measured = contrast(colours[text], colours[ground])
    assert measured >= least, f"{text} on {ground} in {theme}: {measured:.2f}, needs {least}"


def test_dark_is_the_same_for_the_device_s_wish_and_the_reader_s() -> None:
    device, reader = (re.sub(r"\s+", " ", block) for block in dark_blocks())
    assert device == reader


def test_dark_gives_every_colour_of_its_own() -> None:
    light = tokens((CSS / "tokens.css").read_text())
    assert set(tokens(dark_blocks()[0])) == set(light)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_colour_blind_eyes_tell_the_five_phases_apart(theme: str, eye: str) -> None:
    colours = themes()[theme]
    for one, other in combinations([f"phase-{n}" for n in range(1, 6)], 2):
        apart = distance(seen(colours[one], eye), seen(colours[other], eye))
        assert apart >= 12, f"{one} and {other} for {eye} in {theme}: {apart:.1f}"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_modules_that_follow_each_other_differ_to_the_eye(theme: str) -> None:
    colours = themes()[theme]
    for n in range(1, 9):
        apart = distance(lab(linear(colours[f"hue-{n}"])), lab(linear(colours[f"hue-{n % 8 + 1}"])))
        assert apart >= 25, f"hue-{n} and the next in {theme}: {apart:.1f}"
