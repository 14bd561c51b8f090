"""From a keystroke to the page that it makes, in a real browser: the median for a lesson of 1,500 words.

    python -m tests.bench.preview

The pause that the editor makes before it asks (60 ms) is in the figure, as it is in what a trainer waits for.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests import browser
from tests.live import Installation
from tests.steps import sign_in

WORDS = 1500
KEYSTROKES = 30
AT_MOST = 150
LESSON = "/en/courses/sse/workshop/files/lessons/sse/1-understanding/1-why.en.md"
PARAGRAPH = "Forty sellers sat down together, and each *pays a little* every week into a [common fund](lesson:family). "

TIMES = """async keystrokes => {
  const text = document.getElementById("text")
  const form = document.getElementById("editor")
  const took = []
  for (let at = 0; at < keystrokes; at++) {
    await new Promise(done => setTimeout(done, 250))
    const shown = new Promise(done => {
      const watch = new MutationObserver(() => (watch.disconnect(), done()))
      watch.observe(form, { attributeFilter: ["data-previewed"] })
    })
    const start = performance.now()
    text.setRangeText("x", text.value.length, text.value.length, "end")
    text.dispatchEvent(new Event("input", { bubbles: true }))
    await shown
    await new Promise(requestAnimationFrame)
    took.push(performance.now() - start)
  }
  return took
}"""


def long_lesson(text: str) -> str:
    """The lesson with paragraphs before its second section, so that it has 1,500 words."""
    head, mark, rest = text.partition("\n## ")
    missing = max(0, WORDS - len(text.split()))
    paragraphs, count = [], 0
    while count < missing:
        paragraphs.append(PARAGRAPH * 4)
        count += len(PARAGRAPH.split()) * 4
    return head + "\n" + "\n\n".join(paragraphs) + "\n" + mark + rest


def measure() -> list[float]:
    """Milliseconds of each keystroke, in Chromium, with `course serve` on the same machine."""
    path = browser.find()
    if path is None:
        raise SystemExit(browser.HELP)
    with (
        tempfile.TemporaryDirectory() as folder,
        Installation(Path(folder) / "instance", COURSE_WORKERS="1", COURSE_DEVELOPMENT="") as site,
        sync_playwright() as playwright,
    ):
        password = site.add("tom@example.org", "trainer")
        chromium = playwright.chromium.launch(executable_path=path, args=browser.ARGUMENTS)
        page = chromium.new_context(base_url=site.url).new_page()
        sign_in(page, "tom@example.org", password)
        page.goto(LESSON)
        page.fill("#text", long_lesson(page.locator("#text").input_value()))
        expect(page.locator("#editor[data-previewed]")).to_have_count(1)
        found: list[float] = page.evaluate(TIMES, KEYSTROKES)
        chromium.close()
        return found


if __name__ == "__main__":
    times = measure()
    print(
        f"preview_ms {statistics.median(times):.0f} (slowest {max(times):.0f}; at most {AT_MOST} for {WORDS:,} words)"
    )
