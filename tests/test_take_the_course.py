"""A learner takes the course, end to end, in French, on a phone: without JavaScript, and with it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import steps
from tests.live import Installation

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
PASSWORD = "une phrase assez longue"


@pytest.fixture(params=[False, True], ids=["without JavaScript", "with JavaScript"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def phone(chromium: Browser, site: Installation, scripts: bool) -> Iterator[Page]:
    """A French phone at the installation's address. Fails the test on any error in the browser's console."""
    context = chromium.new_context(
        viewport=PHONE, java_script_enabled=scripts, locale="fr-FR", base_url=site.url, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert not problems


def press(page: Page, action: str) -> None:
    """Press the button of the form whose action ends so."""
    steps.press(page.locator(f'main form[action$="{action}"] button:visible').first)


def answer_every_question(page: Page) -> int:
    """Choose the first choice, or type a number, in every question. Returns how many there were."""
    questions = page.locator(".question")
    count = questions.count()
    for number in range(count):
        question = questions.nth(number)
        choices = question.locator("input[type=radio], input[type=checkbox]")
        if choices.count():
            choices.first.check()
        else:
            question.locator("input[type=text]").first.fill("10")
    return count


def sign_up(page: Page, site: Installation, address: str) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/fr/$"))
    page.goto("/fr/sign-up")
    page.fill("[name=name]", "Awa Diop")
    page.fill("[name=email]", address)
    page.fill("[name=password]", PASSWORD)
    steps.press(page.locator("main form button").last)
    page.goto(site.link_for(address))
    steps.press(page.locator("main form button").last)


def test_a_learner_takes_the_course_in_french(phone: Page, site: Installation, scripts: bool) -> None:
    address = f"awa-{'js' if scripts else 'plain'}@example.org"
    sign_up(phone, site, address)
    if phone.locator("[name=who]").count():
        steps.sign_in(phone, address, PASSWORD, "fr")

    phone.goto("/fr/courses/sse/")
    press(phone, "/enrolment")
    expect(phone.locator(".notices")).to_contain_text("inscription")

    phone.goto("/fr/courses/sse/why/")
    question = phone.locator(".question").first
    question.locator("input[type=radio]").first.check()
    phone.locator('form[action*="/answers/"] button:visible').first.click()
    expect(phone.locator(".question").first).to_contain_text(re.compile("juste|exact|faux", re.IGNORECASE))

    press(phone, "/completion")
    expect(phone).to_have_url(re.compile("/fr/courses/sse/definition/"))

    phone.goto("/fr/courses/sse/quizzes/understanding/")
    press(phone, "/attempts")
    assert answer_every_question(phone) == 10
    phone.locator("button[name=switch][value=es]").click()
    expect(phone).to_have_url(re.compile("/es/courses/sse/quizzes/understanding/attempts/1/"))
    assert phone.locator(".question input:checked").count() >= 3
    steps.press(phone.locator("button[name=switch][value=fr]"))
    steps.press(phone.locator("button[name=finish]"))
    steps.press(phone.locator("button[name=confirmed]"))
    expect(phone).to_have_url(re.compile("/attempts/1/result"))
    expect(phone.locator("main")).to_contain_text("%")

    phone.goto("/fr/courses/sse/")
    expect(phone.locator("main")).to_contain_text(re.compile("[1-9]\\d?[\\s\u202f\u00a0]%"))


def test_progress_is_there_on_another_device(chromium: Browser, site: Installation) -> None:
    password = site.add("two-devices@example.org")
    for device, lesson in (("phone", "why"), ("desktop", "definition")):
        page = chromium.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=False).new_page()
        steps.sign_in(page, "two-devices@example.org", password, "fr")
        if device == "phone":
            page.goto("/fr/courses/sse/")
            press(page, "/enrolment")
        page.goto("/fr/")
        assert page.locator(f'main a[href*="/courses/sse/{lesson}/"]').count(), device
        page.goto(f"/fr/courses/sse/{lesson}/")
        press(page, "/completion")
        page.context.close()
