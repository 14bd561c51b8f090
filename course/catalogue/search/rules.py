"""What a reader looks for, and how each database is asked for it. Pure: nothing here raises, whatever was typed."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from course.catalogue.search.words import FORM, HEAD, Word, fold, phrase, tokens, word, words

LONGEST, MOST = 200, 8
"""Characters of a search that count, and words (a phrase is one)."""
SHORTEST_START = 3
"""Letters of a word that are enough to find words that begin with them."""
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')
_JOINED = re.compile(r"['’‐‑-]?")

_COMMON: Mapping[str, str] = {
    "en": (
        "a an and are as at be by can do does for from has have how i in is it its my of on or our that the their "
        "there these they this those to was we were what when where which who why will with you your"
    ),
    "fr": (
        "a au aux avec ce ces cette comme comment d dans de des du elle en est et il ils je l la le les leur leurs ma "
        "mais mes mon ne nos notre nous on ou par pas pour pourquoi qu quand que quel quelle quelles quels qui quoi sa "
        "se ses si son sont sur un une vos votre vous y"
    ),
    "es": (
        "a al como con cual cuales cuando de del donde e el ella ellos en es esta estas este estos la las le les lo "
        "los mas mi mis ni no nos o para pero por porque que quien quienes se ser si sin sobre son su sus u un una "
        "unas uno unos y yo"
    ),
}
"""Words that are nearly everywhere, folded. They are not looked for while there are others."""


class Unit(NamedTuple):
    """A word, or words that stand together. `exact`: they were in quotes, and are meant as they are."""

    words: tuple[str, ...]
    exact: bool = False


class Phrase(NamedTuple):
    """Tokens in their order. `starts`: the last is only the beginning of a word."""

    tokens: tuple[str, ...]
    starts: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in texts of one language, in these scopes: of each of `units`, one of its phrases."""

    scopes: tuple[str, ...]
    units: tuple[tuple[Phrase, ...], ...]


def parse(text: str) -> tuple[Unit, ...]:
    """What was typed, as units. Words that are joined by a hyphen, or stand in quotes, are one unit."""
    found: list[Unit] = []
    done = 0
    text = text[:LONGEST]
    for quoted in _QUOTED.finditer(text):
        found.extend(_loose(text[done : quoted.start()]))
        inside = tuple(one[0] for one in words(quoted[1]) if fold(one[0]))
        found.extend([Unit(inside, exact=True)] if inside else [])
        done = quoted.end()
    return tuple(dict.fromkeys((*found, *_loose(text[done:]))))


def _loose(text: str) -> Iterator[Unit]:
    group: list[str] = []
    end = 0
    for one in words(text):
        if not fold(one[0]):
            continue
        if group and not _JOINED.fullmatch(text[end : one.start()]):
            yield Unit(tuple(group))
            group = []
        group.append(one[0])
        end = one.end()
    if group:
        yield Unit(tuple(group))


def telling(units: Sequence[Unit], language: str) -> tuple[Unit, ...]:
    """The units that say something in a language, as many as are looked for."""
    common = set(_COMMON.get(language.split("-")[0], "").split())
    some = [unit for unit in units if unit.exact or not common.issuperset(map(fold, unit.words))]
    return tuple((some or units)[:MOST])


def phrases(unit: Unit, language: str, last: bool) -> tuple[Phrase, ...]:
    """The phrases of which one has to be there. `last`: nothing was typed after it, so more of it may come."""
    runs = [tuple(run) for run in tokens(unit.words, language)]
    if unit.exact:
        return (Phrase(runs[0]),)
    starts = last and len(runs[0][-1]) >= len(FORM) + SHORTEST_START
    return (Phrase(runs[0], starts), *(Phrase(run) for run in runs[1:]))


def wanted(units: Sequence[Unit], language: str, scopes: Sequence[str]) -> Wanted:
    """What to look for in texts of a language. `units` is not empty."""
    some = telling(units, language)
    return Wanted(tuple(scopes), tuple(phrases(unit, language, unit is units[-1]) for unit in some))


def in_headings(wanted: Wanted) -> Wanted:
    """The same, but in headings only."""
    return Wanted(
        wanted.scopes,
        tuple(
            tuple(Phrase(tuple(HEAD + token for token in one.tokens), one.starts) for one in unit)
            for unit in wanted.units
        ),
    )


def for_sqlite(wanted: Iterable[Wanted]) -> str:
    """As FTS5 wants it. No token has a quote in it."""

    def written(one: Phrase) -> str:
        return f'"{phrase(one.tokens)}"' + (" *" if one.starts else "")

    return _joined(wanted, " OR ", " AND ", written)


def for_postgresql(wanted: Iterable[Wanted]) -> str:
    """As a `tsquery`. No token has a quote or a backslash in it."""

    def written(one: Phrase) -> str:
        found = " <-> ".join(f"'{token}'" for token in one.tokens)
        return f"({found}{':*' if one.starts else ''})"

    return _joined(wanted, " | ", " & ", written)


def _joined(wanted: Iterable[Wanted], either: str, both: str, written: Callable[[Phrase], str]) -> str:
    parts = []
    for one in wanted:
        scopes = tuple(Phrase((scope,)) for scope in one.scopes)
        needed = [either.join(map(written, choice)) for choice in (scopes, *one.units)]
        parts.append("(" + both.join(f"({part})" for part in needed) + ")")
    return either.join(parts)


class Matcher:
    """Tells which words of a text in a language were looked for."""

    def __init__(self, units: Sequence[Unit], language: str) -> None:
        self.language = language
        some = telling(units, language)
        self.forms = {fold(one) for unit in some if unit.exact for one in unit.words}
        loose = [word(one, language) for unit in some if not unit.exact for one in unit.words]
        self.forms |= {one.form for one in loose}
        self.stems = {one.stem for one in loose} - {""}
        self.bare = {one.bare for one in loose} - {""}
        last = units[-1] if units else None
        form = fold(last.words[-1]) if last and last in some and not last.exact else ""
        self.start = form if len(form) >= SHORTEST_START else ""

    def __call__(self, text: str) -> bool:
        found: Word = word(text, self.language)
        if found.form in self.forms or found.stem in self.stems or found.bare in self.bare:
            return True
        return bool(self.start) and found.form.startswith(self.start)


def vector(runs: Collection[Sequence[str]]) -> str:
    """Runs of tokens as the text of a `tsvector`."""
    places: dict[str, list[str]] = {}
    for run in runs:
        for at, token in enumerate(run, start=1):
            places.setdefault(token, []).append(str(at))
    return " ".join(f"'{token}':{','.join(at)}" for token, at in places.items())
