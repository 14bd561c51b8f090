"""What learners do in a browser again and again. Each step ends when the server has answered."""

from playwright.sync_api import Locator, Page, expect


def press(button: Locator) -> None:
    """Press a button that sends a form, and wait for the page that comes of it.

    A click alone returns before the form has arrived: a page that is left or closed then takes it back.
    """
    with button.page.expect_navigation():
        button.click()


def sign_in(page: Page, address: str, password: str, language: str = "en") -> None:
    page.goto(f"/{language}/sign-in")
    page.fill("[name=who]", address)
    page.fill("[name=password]", password)
    press(page.locator("main form button").last)
    expect(page.locator("[name=password]")).to_have_count(0)


def enrol(page: Page, course: str, language: str = "en") -> None:
    page.goto(f"/{language}/courses/{course}/")
    button = page.locator('main form[action$="/enrolment"] button')
    press(button.first)
    expect(button).to_have_count(0)
