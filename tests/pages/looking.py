"""Opening a listed page in the browser under given conditions, and noting what goes wrong meanwhile."""

from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.pages import listed
from tests.pages.pairs import Conditions
from tests.pages.people import Cast

HEIGHT = {360: 740, 1280: 800}


class Watch:
    """Notes a tab's errors: in the console (reports of the Content-Security-Policy, too), failed and refused requests.

    `status` is the one that the page itself is expected to have; browsers call 404 and 422 errors.
    """

    def __init__(self, tab: Page, status: int = 200) -> None:
        self.faults: list[str] = []
        self.status = status
        tab.on("console", self._said)
        tab.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        tab.on("requestfailed", self._failed)
        tab.on("response", self._came)

    def _said(self, message: ConsoleMessage) -> None:
        expected = self.status >= 400 and f"status of {self.status}" in message.text
        if message.type in {"error", "warning"} and not expected:
            self.faults.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        self.faults.append(f"no answer: {request.url}: {request.failure}")

    def _came(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status}: {response.url}")


class Look:
    """Keeps one browser context for each role and set of conditions."""

    def __init__(self, browser: Browser, cast: Callable[[str], Cast]) -> None:
        self.browser, self.cast = browser, cast
        self.contexts: dict[object, BrowserContext] = {}

    def __enter__(self) -> "Look":
        return self

    def __exit__(self, *_: object) -> None:
        for context in self.contexts.values():
            context.close()

    def context(self, where: str, who: str, conditions: Conditions, **more: str) -> BrowserContext:
        """The context of somebody in an installation. `more`: Playwright's options, such as `forced_colors`."""
        key = (where, who, conditions.width, conditions.scheme, conditions.scripts, *more.items())
        if key not in self.contexts:
            cast = self.cast(where)
            self.contexts[key] = self.browser.new_context(
                viewport={"width": conditions.width, "height": HEIGHT[conditions.width]},
                color_scheme=conditions.scheme, java_script_enabled=conditions.scripts, base_url=cast.site.url,
                **{"reduced_motion": "reduce"} | more,
            )  # fmt: skip
            self.contexts[key].add_cookies(cast.reader(who).cookies())
        return self.contexts[key]

    def open(self, page: listed.Page, conditions: Conditions, **more: str) -> tuple[Page, Watch]:
        """A new tab that shows the page, and its watch. Close the tab after use."""
        tab = self.context(page.where, page.who, conditions, **more).new_page()
        tab.set_default_timeout(30_000)
        watch = Watch(tab, page.status)
        reply = tab.goto(self.cast(page.where).address(page.path, conditions.language))
        if page.sends is not None:
            reply = send(tab, page.sends)
        assert reply.status == page.status, f"{reply.status} at {tab.url}"
        return tab, watch


def send(tab: Page, fields: dict[str, str]) -> Response:
    """Fill in the page's form and press its button; returns what came back."""
    for name, value in fields.items():
        field = tab.locator(f"main [name={name}]")
        if field.evaluate("one => one.localName") == "select":
            field.select_option(value)
        else:
            field.fill(value)
    with tab.expect_event("response", lambda response: response.request.is_navigation_request()) as coming:
        tab.locator("main form[method=post] button").last.click()
    tab.wait_for_load_state()
    return coming.value
