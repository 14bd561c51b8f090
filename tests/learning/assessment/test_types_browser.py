"""Questions of several parts in a real browser, with JavaScript and without, by keyboard and by pointer."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests import steps
from tests.learning.assessment.test_types import course
from tests.live import Installation
from tests.pages import checks

pytestmark = pytest.mark.browser
QUIZ = "/en/courses/demo/quizzes/basics/"
NAME = "learner@example.org"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation of its own, with a quiz of all types that have parts."""
    root = tmp_path_factory.mktemp("hall")
    for path, body in course().files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(body.replace(b"attempts: 1", b"attempts: unlimited"))
    with Installation(root / "instance", COURSE_ROOT=str(root), COURSE_WORKERS="1") as running:
        yield running


@pytest.fixture(scope="module")
def cookies(chromium: Browser, hall: Installation) -> Any:
    password = hall.add(NAME)
    context = chromium.new_context(base_url=hall.url)
    page = context.new_page()
    steps.sign_in(page, NAME, password)
    steps.enrol(page, "demo")
    kept = context.storage_state()
    context.close()
    return kept


def attempt(chromium: Browser, hall: Installation, cookies: Any, *, script: bool) -> Iterator[Page]:
    phone = {"width": 360, "height": 740}
    context = chromium.new_context(
        base_url=hall.url, viewport=phone, storage_state=cookies, java_script_enabled=script, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(QUIZ)
    steps.press(page.get_by_role("button", name=re.compile("^Start ")).first)
    expect(page.locator(".attempt-question")).to_have_count(6)
    number = page.url.rstrip("/").split("/")[-1]
    yield page
    page.goto(f"{QUIZ}attempts/{number}/submission")
    if "/submission" in page.url:
        steps.press(page.get_by_role("button", name="Submit"))
    context.close()
    assert not problems


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def either(request: pytest.FixtureRequest, chromium: Browser, hall: Installation, cookies: Any) -> Iterator[Page]:
    """A phone with a new attempt on it, with JavaScript and without."""
    yield from attempt(chromium, hall, cookies, script=request.param)


@pytest.fixture
def page(chromium: Browser, hall: Installation, cookies: Any) -> Iterator[Page]:
    yield from attempt(chromium, hall, cookies, script=True)


def fill_in(page: Page) -> None:
    page.get_by_label("Gap 1").fill("kanari")
    page.get_by_label("Gap 2").select_option("social")
    page.locator(".question-match").get_by_label("Members").select_option("from inside")
    page.locator(".question-match").get_by_label("A lender").select_option("from nowhere")
    for place, item in enumerate(("Before", "During", "After"), start=1):
        place_of(page, item).select_option(str(place))
    page.get_by_role("radiogroup", name="Members").get_by_label("inside").check()
    page.get_by_role("radiogroup", name="Surplus").get_by_label("outside").check()
    page.locator("textarea").fill("Because.\n\nIt is so.")
    page.get_by_label("5 well").check()


def place_of(page: Page, item: str) -> Locator:
    return page.get_by_role("combobox", name=item, exact=True)


def answers(page: Page) -> dict[str, list[str]]:
    """What a browser would send of the answers, by the words that they belong to."""
    return {
        "gaps": [page.locator(f".question-cloze .gap-field >> nth={at}").input_value() for at in range(2)],
        "match": [field.input_value() for field in page.locator(".question-match select").all()],
        "places": [field.input_value() for field in page.locator(".question-order select").all()],
        "kinds": [field.get_attribute("id") or "" for field in page.locator(".question-categorise :checked").all()],
        "why": [page.locator("textarea").input_value()],
        "well": [field.get_attribute("id") or "" for field in page.locator(".question-scale :checked").all()],
    }


def order(page: Page) -> list[str]:
    return page.locator(".ordering .ordering-text").all_inner_texts()


def places(page: Page) -> list[str]:
    return [field.input_value() for field in page.locator(".ordering select").all()]


def test_every_entry_is_kept_over_saving_and_a_switch_of_language(either: Page) -> None:
    page = either
    fill_in(page)
    before = answers(page)
    assert all(all(values) for values in before.values())
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator(".notices")).to_contain_text("Saved.")
    assert answers(page)["gaps"] == before["gaps"]
    assert sorted(answers(page)["places"]) == ["1", "2", "3"]
    expect(page.locator("[data-state]", has_text=re.compile("^answered"))).to_have_count(6)
    page.locator("button[name=switch][value=fr]").click()
    page.wait_for_url("**/fr/**")
    french = answers(page)
    assert french["why"] == before["why"]
    assert french["match"] == before["match"]
    assert french["kinds"] == before["kinds"]
    assert french["well"] == before["well"]
    # In French the gaps stand the other way round.
    assert french["gaps"] == before["gaps"][::-1]
    labels = page.locator(".ordering-item")
    chosen = {one.locator(".ordering-text").inner_text(): one.locator("select").input_value() for one in labels.all()}
    assert chosen == {"Avant": "1", "Pendant": "2", "Après": "3"}


def test_the_page_is_accessible_on_a_phone(page: Page) -> None:
    violations = Axe().run(page, options=checks.AXE).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert checks.sideways(page) + checks.sideways(page, 320) == []
    assert [one for one in checks.small_targets(page) if 'class="sr"' not in one] == []


def test_arrows_move_an_item_keep_the_focus_and_say_where_it_is(page: Page) -> None:
    start = order(page)
    page.get_by_role("button", name=f"Move down: {start[0]}").focus()
    page.keyboard.press("Enter")
    assert order(page) == [start[1], start[0], start[2]]
    assert places(page) == ["1", "2", "3"]
    expect(page.locator("[data-ordered]")).to_have_text(f"{start[0]}: now number 2 of 3")
    page.keyboard.press("Space")
    assert order(page) == [start[1], start[2], start[0]]
    # The last item cannot go further down: the keyboard stays on the item, at the other arrow.
    expect(page.get_by_role("button", name=f"Move up: {start[0]}")).to_be_focused()
    expect(page.locator("[data-saved]")).to_have_text("Saved.")
    page.reload()
    assert order(page) == [start[1], start[2], start[0]]


def test_places_can_be_chosen_one_by_one_and_then_push_the_others_on(page: Page) -> None:
    start = order(page)
    for place, item in zip("231", start, strict=True):
        place_of(page, item).select_option(place)
    assert order(page) == [start[2], start[0], start[1]]
    place_of(page, start[1]).select_option("1")
    assert order(page) == [start[1], start[2], start[0]]
    assert places(page) == ["1", "2", "3"]


def test_an_item_can_be_dragged(page: Page) -> None:
    start = order(page)
    grip = page.locator(".ordering-item", has_text=start[0]).locator("[data-grip]")
    grip.scroll_into_view_if_needed()
    to = _middle(page.locator(".ordering-item", has_text=start[2]))
    page.mouse.move(*_middle(grip))
    page.mouse.down()
    page.mouse.move(to[0], to[1] - 60, steps=5)
    page.mouse.move(to[0], to[1] + 20, steps=5)
    page.mouse.up()
    assert order(page) == [start[1], start[2], start[0]]
    assert places(page) == ["1", "2", "3"]


def _middle(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
