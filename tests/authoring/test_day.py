"""A trainer's day in a real browser: write, check, publish, restore; with JavaScript and without; and two at once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PACKS
from tests.live import Installation
from tests.steps import press, sign_in

WORKSHOP = "/en/courses/tiny/workshop/"
LESSON = "lessons/tiny/1-start/1-water.en.md"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with a tiny course and two of its trainers."""
    folder = tmp_path_factory.mktemp("workshop")
    with Installation(folder / "instance", COURSE_ROOT=str(PACKS / "tiny"), COURSE_WORKERS="1") as site:
        for name in ("ann", "ben"):
            arguments = ("user", "add", f"{name}@example.org", "--role", "trainer", "--course", "tiny")
            site.command(*arguments, "--password-stdin", stdin="a long enough pass phrase\n")
        yield site


@pytest.fixture
def at_desk(chromium: Browser, workshop: Installation) -> Iterator[object]:
    """Opens the browser of a trainer who is signed in."""
    contexts = []

    def sit_down(name: str, scripts: bool = True) -> Page:
        context = chromium.new_context(base_url=workshop.url, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, f"{name}@example.org", "a long enough pass phrase")
        return page

    yield sit_down
    for context in contexts:
        context.close()


def path_of_a_lesson(page: Page) -> str:
    page.goto(WORKSHOP)
    return page.locator('.tree-module .leaf[hreflang="en"]').first.get_attribute("href")


def save(page: Page) -> None:
    press(page.get_by_role("button", name="Save", exact=True))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_day(at_desk: object, scripts: bool) -> None:
    page = at_desk("ann", scripts)
    words = f"Water is scarce {'here' if scripts else 'there'}."
    page.goto("/en/courses/tiny/")
    page.get_by_role("link", name="Edit this course").click()
    address = path_of_a_lesson(page)
    page.goto(address)
    text = page.locator("#text").input_value()
    # Write, and see what is wrong.
    page.fill("#text", f"{text}\n{words} See [more](lesson:no-such).\n")
    if not scripts:
        press(page.get_by_role("button", name="Preview"))
    expect(page.locator(".seen-text")).to_contain_text(words)
    expect(page.locator("#findings .remark-error")).to_contain_text("no-such")
    # Mend it, save it.
    page.fill("#text", f"{text}\n{words}\n")
    if scripts:
        expect(page.locator("#findings .remark-error")).to_have_count(0)
    save(page)
    expect(page.get_by_role("status").first).to_contain_text("Saved in the draft.")
    # Publish it.
    page.goto(WORKSHOP + "publication")
    expect(page.locator(".changes")).to_contain_text("Lesson changed")
    page.get_by_label("What changes, and why").fill("More about water.")
    press(page.get_by_role("button", name="Publish"))
    expect(page.get_by_role("status").first).to_contain_text("Published.")
    # And take it back.
    page.goto(WORKSHOP + "publications/")
    number = int(re.search(r"\d+", page.locator(".publications a").first.inner_text())[0])
    page.goto(f"{WORKSHOP}publications/{number - 1}/")
    press(page.get_by_role("button", name=f"Restore publication {number - 1}"))
    expect(page.get_by_role("status").first).to_contain_text("again, as publication")
    page.goto(address)
    assert page.locator("#text").input_value() == text


def test_two_browsers_in_one_file_lose_nothing(at_desk: object) -> None:
    ann, ben = at_desk("ann"), at_desk("ben")
    address = path_of_a_lesson(ann)
    ann.goto(address)
    ben.goto(address)
    text = ann.locator("#text").input_value()
    ben.fill("#text", text + "\nBen's end.\n")
    save(ben)
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("minutes:"))
    lines[at] = "minutes: 59"
    ann.fill("#text", "\n".join(lines))
    save(ann)
    expect(ann.locator("#clash")).to_contain_text("saved this file while you were writing")
    joined = ann.locator("#text").input_value()
    assert "Ben's end." in joined
    assert "minutes: 59" in joined
    save(ann)
    ben.goto(address)
    assert ben.locator("#text").input_value() == joined
    ben.goto(WORKSHOP)
    ben.get_by_text("Throw all changes away").click()
    ben.get_by_label("Yes, throw away").check()
    press(ben.get_by_role("button", name="Throw them away"))


def test_who_closes_the_browser_while_writing_finds_their_words_again(at_desk: object) -> None:
    ann = at_desk("ann")
    ann.goto(path_of_a_lesson(ann))
    ann.locator("#text").press("Control+End")
    ann.keyboard.type("Half a sent")
    expect(ann.locator("[data-said]")).to_contain_text("Kept for you.")
    again = at_desk("ann")
    again.goto(path_of_a_lesson(again))
    assert again.locator("#text").input_value().endswith("Half a sent")
    press(again.get_by_role("button", name="Drop them"))
    assert "Half a sent" not in again.locator("#text").input_value()


def test_markdown_goes_in_by_key_and_button_and_comes_out_by_undo(at_desk: object) -> None:
    page = at_desk("ben")
    page.goto(path_of_a_lesson(page))
    text = page.locator("#text")
    before = text.input_value()
    text.press("Control+End")
    page.keyboard.type("plain")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+b")
    assert text.input_value().endswith("**plain**")
    page.get_by_role("button", name="Question").click()
    assert "type=single}" in text.input_value()
    for _ in range(12):
        page.keyboard.press("Control+z")
        if text.input_value() == before:
            break
    assert text.input_value() == before


def test_a_finding_leads_to_its_line(at_desk: object) -> None:
    page = at_desk("ben")
    page.goto(path_of_a_lesson(page))
    page.fill("#text", page.locator("#text").input_value() + "\nSee [more](lesson:no-such).\n")
    link = page.locator("#findings a[data-go]").first
    expect(link).to_be_visible()
    expect(page.locator(".sign-error")).to_have_count(1)
    link.click()
    selected = page.locator("#text").evaluate("t => t.value.slice(t.selectionStart, t.selectionEnd)")
    assert selected == "See [more](lesson:no-such)."
