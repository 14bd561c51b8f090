"""What is measured on an open page. Each returns findings as sentences; none is good."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": RULES, "preload": False, "resultTypes": ["violations"]}

# Where scripts are switched off no timer rings, and axe waits for some of a few milliseconds: they ring at once.
AT_ONCE = """() => {
    window.setTimeout = (then, wait, ...rest) => {
        if (typeof then === "function" && !(wait > 100)) Promise.resolve().then(() => then(...rest))
    }
}"""

SIDEWAYS = """() => {
    const root = document.scrollingElement, wide = root.clientWidth, found = []
    if (root.scrollWidth <= wide) return found
    for (const one of document.querySelectorAll("body *")) {
        const box = one.getBoundingClientRect()
        if (box.width && (box.right > wide + 1 || box.left < -1)) found.push(one.outerHTML.slice(0, 120))
    }
    return [`${root.scrollWidth} px wide in ${wide}`, ...found.slice(-3)]
}"""

SMALL = """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, summary")]
    .map(one => [one, (one.closest("label") || one).getBoundingClientRect()])
    .filter(([one, box]) => box.width > 1 && box.height > 1 && one.checkVisibility() && !one.closest(".sr"))
    .filter(([, box]) => box.width < 24 || box.height < 24)
    .map(([one, box]) => `${Math.round(box.width)} × ${Math.round(box.height)} px: ${one.outerHTML.slice(0, 120)}`)"""


def axe(tab: Page, scripts: bool) -> list[str]:
    """Violations of WCAG 2.2 AA and of axe's best practices, on a page with scripts or without."""
    if not scripts:
        tab.evaluate(AT_ONCE)
    found = Axe().run(tab, options=AXE).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found
        for node in one["nodes"][:3]
    ]


def sideways(tab: Page, width: int = 0, text: int = 100) -> list[str]:
    """What reaches beyond the page's sides, at `width` CSS pixels (0: as it is) and with text of `text` %."""
    before = tab.viewport_size
    if width:
        tab.set_viewport_size({"width": width, "height": before["height"]})
    if text != 100:
        tab.evaluate("size => document.documentElement.style.fontSize = size", f"{text}%")
    found = tab.evaluate(SIDEWAYS)
    tab.evaluate("document.documentElement.style.fontSize = ''")
    tab.set_viewport_size(before)
    return [f"scrolls sideways ({width or before['width']} px, {text} % text): {one}" for one in found]


def small_targets(tab: Page) -> list[str]:
    """Controls of less than 24 px. (Links are axe's: those in a line of text may be small.)"""
    return [f"small target: {one}" for one in tab.evaluate(SMALL)]
