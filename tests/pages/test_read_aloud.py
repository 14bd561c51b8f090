"""Reading aloud. Headless browsers have no voice: there the button stays away; with one in its place it is pressed."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# The device's engine, as far as pages meet it: what is spoken is noted, and nothing sounds or ends by itself.
ENGINE = """
const spoken = [], engine = new EventTarget()
const voice = (name, lang, localService) => ({ name, lang, localService })
Object.assign(engine, {
    spoken, speaking: false,
    getVoices: () => [voice("far", "fr-FR", false), voice("near", "fr-CA", true), voice("English", "en-GB", true)],
    speak(speech) { this.speaking = true; spoken.push(speech); if (spoken.length === 1) speech.onstart?.() },
    cancel() { this.speaking = false; sessionStorage.cancelled = 1 + Number(sessionStorage.cancelled ?? 0) },
})
Object.defineProperty(window, "speechSynthesis", { value: engine })
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
"""


@pytest.fixture
def tab(chromium: Browser, cast: Callable[[str], Cast]) -> Iterator[Page]:
    context = chromium.new_context(base_url=cast("site").site.url)
    yield context.new_page()
    context.close()


def test_where_no_voice_speaks_the_language_there_is_no_button(tab: Page) -> None:
    tab.goto("/en/courses/sse/why/", wait_until="load")
    assert tab.evaluate("speechSynthesis.getVoices()") == []
    expect(tab.locator("[data-read-aloud]")).to_be_hidden()


def test_a_lesson_is_read_in_its_language_until_one_stops_it_or_leaves(tab: Page) -> None:
    tab.add_init_script(ENGINE)
    tab.goto("/fr/courses/sse/why/")
    button = tab.locator("[data-read-aloud]")
    before = button.inner_text()
    button.click()
    said = tab.evaluate("speechSynthesis.spoken.map(one => [one.lang, one.voice.name, one.text])")
    assert {(language, name) for language, name, _text in said} == {("fr", "near")}
    assert len(said) > 10
    assert all(text and "[" not in text for _language, _name, text in said)
    expect(tab.locator(".is-aloud")).to_have_text(said[0][2])
    assert button.inner_text() != before
    assert button.locator("svg").count() == 1
    button.click()
    assert not tab.evaluate("speechSynthesis.speaking")
    expect(tab.locator(".is-aloud")).to_have_count(0)
    assert button.inner_text() == before
    button.click()
    cancelled = tab.evaluate("Number(sessionStorage.cancelled)")
    tab.goto("/fr/courses/sse/definition/")
    assert tab.evaluate("Number(sessionStorage.cancelled)") == cancelled + 1
