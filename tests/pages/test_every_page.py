"""Every page is sound for everyone: no error, no violation, nothing off the screen, nothing too small to hit."""

import pytest

from tests.pages import checks
from tests.pages.listed import PAGES, Page
from tests.pages.looking import Look
from tests.pages.pairs import Conditions, every, in_turn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def rows() -> list[object]:
    """Each page under conditions that take turns, and (slow) under all others; texts of lessons (slow) under one."""
    found = []
    for number, page in enumerate(PAGES):
        turn = in_turn(number, page.languages)
        for conditions in [turn] if page.once else every(page.languages):
            soon = conditions == turn and not page.once
            marks = [] if soon else [pytest.mark.slow]
            found.append(pytest.param(page, conditions, marks=marks, id=f"{page}-{conditions}"))
    return found


@pytest.mark.parametrize(("page", "conditions"), rows())
def test_a_page_is_sound(look: Look, page: Page, conditions: Conditions) -> None:
    tab, watch = look.open(page, conditions)
    found = checks.sideways(tab) + checks.small_targets(tab) + checks.axe(tab, conditions.scripts)
    found += checks.sideways(tab, width=320) + checks.sideways(tab, width=1280, text=200)
    tab.close()
    assert not found + watch.faults, "\n".join(["", tab.url, *found, *watch.faults])
