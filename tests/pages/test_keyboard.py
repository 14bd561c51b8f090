"""With the keyboard alone: Tab, Space and Enter lead through a lesson and a quiz, and the focus can always be seen."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages import people
from tests.pages.looking import Watch
from tests.pages.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SEEN = """() => {
    const at = document.activeElement
    if (!at || at === document.body) return "nothing has the focus"
    const shown = [at, ...(at.labels || []), at.nextElementSibling].filter(Boolean)
    const styles = shown.map(one => getComputedStyle(one))
    const outlined = styles.some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1)
    const marked = outlined || styles.some(s => s.boxShadow !== "none")
    const boxes = shown.map(one => one.getBoundingClientRect())
    const inside = boxes.some(b => b.width && b.bottom > 0 && b.top < innerHeight && b.right > 0 && b.left < innerWidth)
    return marked && inside ? "" : `focus ${marked ? "off the screen" : "not marked"}: ${at.outerHTML.slice(0, 160)}`
}"""


class Keyboard:
    """Presses keys in a tab, and sees to it that the focus is visible after each Tab."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab

    def to(self, selector: str, most: int = 120) -> None:
        """Press Tab until what the selector names has the focus."""
        for _ in range(most):
            self.tab.keyboard.press("Tab")
            fault = self.tab.evaluate(SEEN)
            assert not fault or fault.startswith("nothing"), f"{self.tab.url}: {fault}"
            if self.tab.evaluate("which => document.activeElement.matches(which)", selector):
                return
        raise AssertionError(f"Tab never led to {selector} at {self.tab.url}")

    def press(self, selector: str, key: str = "Enter") -> None:
        """Whoever presses says what comes of it, and waits for that, before they press again."""
        self.to(selector)
        self.tab.keyboard.press(key)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def keyboard(request: pytest.FixtureRequest, chromium: Browser, cast: Callable[[str], Cast]) -> Iterator[Keyboard]:
    """Somebody new, signed in, without a mouse."""
    cast_here = cast("site")
    who = f"kay-{len(cast_here.readers)}@example.org"
    people.sign_up(cast_here, who, who)
    context = chromium.new_context(
        base_url=cast_here.site.url, java_script_enabled=request.param, viewport={"width": 1000, "height": 700},
        reduced_motion="reduce",
    )  # fmt: skip
    context.add_cookies(cast_here.reader(who).cookies())
    tab = context.new_page()
    watch = Watch(tab)
    yield Keyboard(tab)
    context.close()
    assert not watch.faults


def test_a_lesson_and_a_quiz_need_no_mouse(keyboard: Keyboard) -> None:
    tab = keyboard.tab
    tab.goto("/en/courses/sse/")
    keyboard.press("form[action$='/enrolment'] button")
    expect(tab.locator(".notices")).to_contain_text("enrolled")
    read_a_lesson(keyboard)
    take_a_quiz(keyboard)


def read_a_lesson(keyboard: Keyboard) -> None:
    tab = keyboard.tab
    tab.goto("/en/courses/sse/why/")
    keyboard.press(".skip")
    expect(tab.locator("main")).to_be_focused()
    keyboard.press(".question input[type=radio]", "Space")
    keyboard.press("form[action*='/answers/'] button")
    expect(tab.locator(".question").first).to_contain_text(re.compile("right|wrong", re.IGNORECASE))
    keyboard.press("form[action$='/completion'] button")
    expect(tab).to_have_url(re.compile("/courses/sse/definition/"))


def take_a_quiz(keyboard: Keyboard) -> None:
    tab = keyboard.tab
    tab.goto("/en/courses/sse/quizzes/understanding/")
    keyboard.press("form[action$='/attempts'] button")
    expect(tab).to_have_url(re.compile("/attempts/1/"))
    keyboard.press(".question input:is([type=radio], [type=checkbox])", "Space")
    keyboard.press("button[name=finish]")
    expect(tab).to_have_url(re.compile("/attempts/1/submission"))
    keyboard.press("button[name=confirmed]")
    expect(tab).to_have_url(re.compile("/attempts/1/result"))
