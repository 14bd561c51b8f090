"""Words as they are indexed and looked for: in small letters, without accents, and as stems of their language. Pure.

Every word counts in up to three ways, told apart by a mark before it: its stem, the stem of what it is without its
accents (so that `solidarites` finds `solidarité`, whose endings a stemmer knows only with their accents), and the
word as it stands (for quoted words, and for the word that is still being typed). Both databases index these tokens
as they are, so that they find the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple
from unicodedata import combining, normalize

SCOPE, HEAD, BARE, FORM, GAP = "§", "¶", "¤", "¬", "¦"
"""Marks. No word has one in it, and neither database takes them for space or quotes."""
LONGEST = 48
"""Letters of a word that count."""

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# Words are not parted by spaces in these scripts: every character is a word, and a word a phrase of them.
_ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Vowel signs, points and joiners, which are no letters but stand inside words.
_INSIDE = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
)
_INSIDE += "\u0900-\u0963\u0966-\u0dff\u200c\u200d"
_LETTER = rf"(?:(?![{_ALONE}])[^\W_]|[{_INSIDE}])"
_WORD = re.compile(
    # What is elided before a word (l', qu'), and an English 's, are no words.
    rf"(?P<none>(?<![^\W_])[^\W\d_]{{1,2}}['’](?=[^\W_])|['’]s(?![^\W_]))|(?P<word>[{_ALONE}]|{_LETTER}+)"
)
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th"})
_SILENT = "\u00ad\u200c\u200d"


class Word(NamedTuple):
    """A word in the ways it counts. `stem` and `bare` are "" where its language has none."""

    stem: str
    bare: str
    form: str


def words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text, each with its place in it."""
    return (found for found in _WORD.finditer(text) if found.lastgroup == "word")


def fold(word: str) -> str:
    """A word in small letters without accents: `Économie` gives `economie`. May be empty."""
    if word.isascii():
        return word.lower()
    parts = normalize("NFKD", word.casefold().translate(_LETTERS))
    kept = (char for char in parts if not combining(char) and char not in _SILENT)
    return normalize("NFC", "".join(char for char in kept if char.isalnum() or char > "\x7f"))


@lru_cache(maxsize=16384)
def word(text: str, language: str) -> Word:
    """A word in the ways in which it counts in a language (a tag such as `pt-BR`)."""
    text = text[:LONGEST]
    form = fold(text)
    stemmer = _stemmer(language)
    if stemmer is None or not form:
        return Word("", "", form)
    bare = str(stemmer.stemWord(form))
    if not _has_accents(language):
        return Word(bare, "", form)
    return Word(fold(stemmer.stemWord(text.lower())), bare, form)


def tokens(texts: Iterable[str], language: str, mark: str = "") -> list[list[str]]:
    """The tokens of words in their order: one run for each way in which words count in the language."""
    found = [one for one in (word(text, language) for text in texts) if one.form]
    runs = [[f"{mark}{FORM}{one.form}" for one in found]]
    if _stemmer(language) is not None:
        runs.append([mark + (one.stem or one.form) for one in found])
        if _has_accents(language):
            runs.append([f"{mark}{BARE}{one.bare or one.form}" for one in found])
    return runs


def scope(course_id: int, served: str, language: str) -> str:
    """The token of what readers of the language `served` get in a course in the words of `language`."""
    return f"{SCOPE}{course_id}{SCOPE}{_plain(served)}{SCOPE}{_plain(language)}"


def phrase(run: Sequence[str]) -> str:
    """Tokens as a text whose words, parted by spaces, are these."""
    return " ".join(run)


def _plain(tag: str) -> str:
    return "".join(char for char in tag.lower() if char.isalnum())


def _has_accents(language: str) -> bool:
    """Whether stems depend on accents, so that words without them need stems of their own."""
    return language.split("-")[0] != "en"


@cache
def _stemmer(language: str) -> Any:
    """The stemmer of a language; None for one that has none. Loaded when it is first needed."""
    name = _STEMMERS.get(language.split("-")[0])
    if name is None:
        return None
    from Stemmer import Stemmer

    return Stemmer(name)
