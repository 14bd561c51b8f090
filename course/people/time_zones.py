"""Time zones as people look for them: by part of the world, then by country, in the interface's language."""

from functools import cache
from unicodedata import combining, normalize
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

UTC = "UTC"
AFRICA, AMERICAS, ASIA, EUROPE, OCEANIA = "002", "019", "142", "150", "009"
"""Parts of the world, as CLDR numbers them."""
PARTS = {
    "Africa": AFRICA,
    "America": AMERICAS,
    "Arctic": EUROPE,
    "Asia": ASIA,
    "Atlantic": AFRICA,
    "Australia": OCEANIA,
    "Europe": EUROPE,
    "Indian": AFRICA,
    "Pacific": OCEANIA,
}
"""By the first half of a zone's name."""
ISLANDS = {"BM": AMERICAS, "FK": AMERICAS, "GS": AMERICAS, "ES": EUROPE, "FO": EUROPE, "IS": EUROPE, "PT": EUROPE}
ISLANDS |= {"MV": ASIA, "CC": OCEANIA, "CX": OCEANIA}
"""Countries in the Atlantic and the Indian Ocean that people do not look for in Africa."""

Groups = dict[str, list[tuple[str, str]]]


def is_known(zone: str) -> bool:
    """Whether there is such a zone: UTC, or one that is named for a place."""
    return zone == UTC or ("/" in zone and zone in _zones())


def groups(language: str, first: str, *zones: str) -> Groups:
    """Pairs of a zone and its name by part of the world. `first` is the title of a group before them, with `zones`."""
    found = {first: [(zone, zone_name(zone, language)) for zone in dict.fromkeys([*zones, UTC]) if is_known(zone)]}
    return found | _all(language)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # it looks through hundreds of files


@cache
def _all(language: str) -> Groups:
    names = Locale.parse(language).territories
    found: Groups = {names[part]: [] for part in (AFRICA, AMERICAS, ASIA, EUROPE, OCEANIA)}
    for zone, country in _countries().items():
        found[names[_part(zone, country)]].append((zone, zone_name(zone, language)))
    return {part: sorted(zones, key=lambda one: _sortable(one[1])) for part, zones in found.items()}


@cache
def _countries() -> dict[str, str]:
    """The country of each zone. Names that a zone had before are not among them, nor are polar stations."""
    known = get_global("zone_territories")
    return {zone: country for zone, country in known.items() if zone.split("/")[0] in PARTS and is_known(zone)}


def _part(zone: str, country: str) -> str:
    ocean = zone.split("/")[0] in {"Atlantic", "Indian"}
    return ISLANDS.get(country, AFRICA) if ocean else PARTS[zone.split("/")[0]]


def zone_name(zone: str, language: str) -> str:
    """`Kenya`; where a country has several zones, `Chile – Easter`."""
    locale, country = Locale.parse(language), _countries().get(get_global("zone_aliases").get(zone, zone), "")
    city = locale.time_zones.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
    if country not in locale.territories:
        return city
    alone = list(_countries().values()).count(country) == 1
    return locale.territories[country] if alone else f"{locale.territories[country]} – {city}"


def _sortable(name: str) -> str:
    return "".join(char for char in normalize("NFD", name.casefold()) if not combining(char))
