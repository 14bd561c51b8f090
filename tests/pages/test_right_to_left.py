"""A language that is written from right to left: the page is mirrored, and the interface keeps its own direction."""

import pytest
from playwright.sync_api import Page as Tab

from tests.pages.listed import PAGES
from tests.pages.looking import Look
from tests.pages.pairs import Conditions

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LESSON = next(page for page in PAGES if page.name == "arabic-lesson")
DESKTOP = Conditions("ar", 1280, "light", True)


def left_edge(tab: Tab, selector: str) -> float:
    return tab.locator(selector).first.bounding_box()["x"]


def test_a_page_in_arabic_begins_at_the_right(look: Look) -> None:
    tab, _watch = look.open(LESSON, DESKTOP)
    assert tab.evaluate("[document.dir, document.documentElement.lang]") == ["rtl", "ar"]
    assert left_edge(tab, "aside.outline") > left_edge(tab, "article")
    tab.close()


def test_the_words_of_the_interface_say_that_they_are_english(look: Look) -> None:
    tab, _watch = look.open(LESSON, DESKTOP)
    assert left_edge(tab, ".top-name") < left_edge(tab, ".top-sign")
    button = tab.locator("form[action$='/completion'] button")
    assert button.evaluate("one => one.closest('[lang]').lang") == "en"
    assert button.evaluate("one => getComputedStyle(one).direction") == "ltr"
    tab.close()
