"""With JavaScript: what was said about an answer goes once the answer is changed, and comes anew when it is checked."""

import pytest
from playwright.sync_api import Browser, expect

from tests.live import Installation

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_verdict_does_not_outlive_the_answer_that_it_was_about(site: Installation, chromium: Browser) -> None:
    page = chromium.new_page(base_url=site.url)
    page.goto("/en/courses/sse/why/")
    question = page.locator("form.lesson-question").first
    choices, verdicts = question.locator("label.choice-label"), question.locator(".question-result, .mark")
    choices.first.click()
    question.get_by_role("button").click()
    expect(question.get_by_role("button")).to_have_text("Check again")
    expect(verdicts.first).to_be_visible()
    choices.nth(1).click()
    for verdict in verdicts.all():
        expect(verdict).to_be_hidden()
    assert not question.locator("[aria-describedby$='-said'], [aria-describedby$='-result']").count()
    question.get_by_role("button").click()
    expect(question.locator("fieldset:not([data-stale]) .question-result")).to_be_visible()
    page.close()
