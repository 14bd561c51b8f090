"""The list of time zones is one that somebody with a phone finds their own in."""

from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from course.i18n import INTERFACE
from course.people import time_zones
from tests.web.visit import Visit, add


@pytest.mark.parametrize("language", INTERFACE)
def test_every_zone_is_there_once_and_exists(language: str) -> None:
    world = list(time_zones.groups(language, "first").values())[1:]
    zones = [zone for group in world for zone, _name in group]
    assert len(zones) == len(set(zones)) > 350
    for zone in zones:
        ZoneInfo(zone)
    names = [name for group in world for _zone, name in group]
    assert len(names) == len(set(names))


def test_a_zone_is_called_after_its_country_in_the_readers_language() -> None:
    assert ("Africa/Dakar", "Sénégal") in time_zones.groups("fr", "d’abord")["Afrique"]
    assert ("Atlantic/Canary", "España – Canarias") in time_zones.groups("es", "primero")["Europa"]
    assert ("Indian/Antananarivo", "Madagascar") in time_zones.groups("en", "first")["Africa"]


def test_names_stand_in_the_order_of_the_alphabet_whatever_their_accents() -> None:
    names = [name for _zone, name in time_zones.groups("fr", "d’abord")["Afrique"]]
    assert names.index("Égypte") < names.index("Gabon")
    assert names.index("Bénin") < names.index("Botswana")


def test_what_is_chosen_stands_first_under_the_name_that_a_browser_gave_it() -> None:
    first = time_zones.groups("en", "Chosen now", "Asia/Calcutta")["Chosen now"]
    assert first == [("Asia/Calcutta", "India"), ("UTC", "UTC")]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "", "localtime"])
def test_what_is_no_zone_is_not_known(zone: str) -> None:
    assert not time_zones.is_known(zone)


def test_the_settings_group_them(app: Flask) -> None:
    add(app)
    visit = Visit(app)
    visit.sign_in("ada@example.org")
    page = visit.get("/fr/settings").text
    assert page.count("<optgroup") == 6
    assert '<option selected value="UTC">' in page
