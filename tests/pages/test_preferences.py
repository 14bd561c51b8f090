"""What people set in their system is respected: forced colours, reduced motion, print."""

import pytest
from playwright.sync_api import Page as Tab

from tests.pages import checks
from tests.pages.listed import PAGES, Page
from tests.pages.looking import Look
from tests.pages.pairs import Conditions

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE = Conditions("en", 360, "light", True)
SOME = [page for page in PAGES if page.name in {"course-learner", "lesson-read", "attempt", "result", "style"}]

FAINT = """() => [...document.querySelectorAll("button.button, select, textarea, input[type=text]")]
    .filter(one => one.checkVisibility())
    .filter(one => { const s = getComputedStyle(one)
                     return s.borderTopStyle === "none" || parseFloat(s.borderTopWidth) < 1 })
    .map(one => one.outerHTML.slice(0, 120))"""
UNDRAWN = """() => [...document.querySelectorAll("main svg :is(circle, line, path, rect)")]
    .filter(one => one.checkVisibility() && getComputedStyle(one).display !== "none")
    .filter(one => { const s = getComputedStyle(one), gone = c => ["none", "rgba(0, 0, 0, 0)"].includes(c)
                     return gone(s.fill) && gone(s.stroke) })
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("page", SOME, ids=str)
def test_what_people_set_in_their_system_is_respected(look: Look, page: Page) -> None:
    tab, watch = look.open(page, PHONE, reduced_motion="no-preference")
    assert moving(tab) == []
    tab.emulate_media(reduced_motion="reduce")
    assert moving(tab) == []
    assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    tab.emulate_media(forced_colors="active")
    assert tab.evaluate("matchMedia('(forced-colors: active)').matches")
    found = tab.evaluate(FAINT) + tab.evaluate(UNDRAWN) + checks.sideways(tab) + watch.faults
    assert not found, found
    if page.name not in {"attempt", "style"}:  # nobody reads those on paper
        tab.emulate_media(forced_colors="none", media="print", color_scheme="dark")
        on_paper(tab)
    tab.close()


def moving(tab: Tab) -> list[str]:
    found: list[str] = tab.evaluate("document.getAnimations().map(one => one.animationName || one.transitionProperty)")
    return found


def on_paper(tab: Tab) -> None:
    """There is the text, in dark ink, and nothing to press."""
    assert tab.locator("h1").first.is_visible()
    pressed = (
        "[...document.querySelectorAll('button, nav')].filter(one => one.checkVisibility()).map(one => one.outerHTML)"
    )
    assert tab.evaluate(pressed) == []
    red, green, blue = tab.evaluate("getComputedStyle(document.body).color.match(/\\d+/g).map(Number).slice(0, 3)")
    assert max(red, green, blue) < 80, "the ink is not dark"
