"""Interface languages, language tags and text direction."""

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from werkzeug.datastructures import LanguageAccept

INTERFACE = ("en", "fr", "es")
"""Languages in which the interface speaks. Content may be in any."""
NAMES = {"en": "English", "fr": "Français", "es": "Español"}

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{4,8})*")


def is_tag(text: str) -> bool:
    """Whether `text` looks like a BCP 47 language tag (`fr`, `pt-BR`, `zh-Hant-TW`)."""
    return len(text) <= 35 and _TAG.fullmatch(text) is not None


@lru_cache(maxsize=256)
def direction(tag: str) -> str:
    """`rtl` for a language written from right to left, else `ltr`."""
    try:
        return Locale.parse(tag, sep="-").text_direction
    except (ValueError, UnknownLocaleError):
        return "ltr"


@lru_cache(maxsize=256)
def own_name(tag: str) -> str:
    """What a language calls itself: `Français` for `fr`. The tag, where that is not known."""
    if tag in NAMES:
        return NAMES[tag]
    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (ValueError, UnknownLocaleError):
        return tag
    return name[:1].upper() + name[1:] if name else tag


def interface_for(*wished: str | None) -> str:
    """The interface language for the first of the wished languages that we speak, else English."""
    for tag in wished:
        if tag and (base := tag.split("-")[0].lower()) in INTERFACE:
            return base
    return "en"


def negotiated(accepted: LanguageAccept) -> str:
    """The interface language that a browser's Accept-Language asks for, else English."""
    return interface_for(*accepted.values())
