"""What a page weighs on the wire, with its headers, as a phone loads it: measured between browser and server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests import steps
from tests.live import Installation
from tests.wire import Asked, Wire

pytestmark = pytest.mark.browser
FIRST, NEXT = "/en/courses/sse/why/", "/en/courses/sse/definition/"


@pytest.fixture
def wire(site: Installation) -> Iterator[Wire]:
    with Wire(site.url) as wire:
        yield wire


@pytest.fixture
def phone(chromium: Browser, site: Installation, wire: Wire) -> Iterator[Page]:
    """A learner's phone with an empty memory, signed in and enrolled."""
    name = f"light-{wire.url[-5:]}@example.org"
    password = site.add(name)
    first = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = first.new_page()
    steps.sign_in(page, name, password)
    steps.enrol(page, "sse")
    cookies = first.storage_state()
    first.close()
    context = chromium.new_context(base_url=wire.url, viewport={"width": 360, "height": 740}, storage_state=cookies)
    yield context.new_page()
    context.close()


def weigh(asked: list[Asked]) -> int:
    return sum(one.bytes for one in asked if not one.is_picture)


def listed(asked: list[Asked]) -> str:
    return "\n".join(f"{one.bytes:6d} {one.method} {one.path}" for one in asked)


def open_and_wait(page: Page, wire: Wire, address: str) -> tuple[list[Asked], list[Asked]]:
    """Open a page: what was asked until it was there, and what came after, when the device had time."""
    wire.taken()
    page.goto(address, wait_until="load")
    page.wait_for_timeout(100)
    there = wire.taken()
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.wait_for_timeout(2500)
    late = wire.taken()
    known = [one for one in there if one.path == "/sw.js" or "/offline" in one.path]
    return [one for one in there if one not in known], known + late


def test_a_first_lesson_fits_thirty_kilobytes_in_four_requests_and_the_next_one_ten(phone: Page, wire: Wire) -> None:
    there, late = open_and_wait(phone, wire, FIRST)
    assert len([one for one in there if not one.is_picture]) <= 4, listed(there)
    assert weigh(there) <= 28_000, listed(there)  # 30 KB is the budget
    assert weigh(there + late) <= 40_000, listed(there + late)
    print(f"\nfirst lesson: {weigh(there)} bytes\n{listed(there)}\nlater: {weigh(late)} bytes\n{listed(late)}")
    there, late = open_and_wait(phone, wire, NEXT)
    print(f"next lesson: {weigh(there + late)} bytes\n{listed(there + late)}")
    assert weigh(there + late) <= 10_000, listed(there + late)
