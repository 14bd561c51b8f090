"""Pages stay light on a weak and costly connection: what a browser really fetches, compressed, pictures aside."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.listed import CONTENT, COURSE
from tests.pages.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
KB = 1024


class Meter:
    """Counts what a tab fetches, headers included, without pictures (icons, too) and what the cache had."""

    def __init__(self, tab: Page) -> None:
        self.fetched: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        wire = tab.context.new_cdp_session(tab)
        wire.on("Network.responseReceived", self._came)
        wire.on("Network.loadingFinished", self._ended)
        wire.send("Network.enable")

    def _came(self, event: dict[str, Any]) -> None:
        cached = event["response"].get("fromDiskCache") or event["response"].get("fromPrefetchCache")
        if not event["response"]["mimeType"].startswith("image/") and not cached:
            self.fetched[event["requestId"]] = event["response"]["url"]

    def _ended(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def taken(self) -> dict[str, int]:
        """Bytes by address, since it was asked last."""
        now = {url: self.sizes.get(key, 0) for key, url in self.fetched.items() if self.sizes.get(key, 0)}
        self.fetched.clear()
        return now


def test_the_first_lesson_and_the_next_stay_within_the_budget(chromium: Browser, cast: Callable[[str], Cast]) -> None:
    people = cast("site")
    context = chromium.new_context(base_url=people.site.url, service_workers="block")  # it loads more, later
    context.add_cookies(people.reader("learner").cookies())
    tab = context.new_page()
    meter = Meter(tab)
    tab.goto("/en/courses/sse/why/", wait_until="networkidle")
    first = meter.taken()
    assert len(first) <= 4, first
    assert sum(first.values()) <= 30 * KB, first
    tab.goto("/en/courses/sse/definition/", wait_until="networkidle")
    following = meter.taken()
    assert len(following) == 1, following
    assert sum(following.values()) <= 10 * KB, following
    context.close()


def test_no_lesson_in_any_language_is_heavier_than_the_budget(cast: Callable[[str], Cast]) -> None:
    people = cast("site")
    paths = [people.address(page.path, language) for page in CONTENT for language in page.languages]
    packed = {"Accept-Encoding": "zstd, br, gzip"}
    sizes = {path: people.reader("learner").get(path, **packed).size for path in paths}
    heavy = {path: size for path, size in sizes.items() if size > 10 * KB}
    assert sizes
    assert not heavy


def test_the_course_page_and_the_home_are_as_light_as_a_lesson(cast: Callable[[str], Cast]) -> None:
    people = cast("site")
    for path in ("/en/", people.address(COURSE, "fr")):
        assert people.reader("learner").get(path, **{"Accept-Encoding": "zstd, br, gzip"}).size <= 10 * KB, path
