"""The watch on a page sees what it is there to see: else every page would pass."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route

from course.web.headers import CSP
from tests.pages import checks
from tests.pages.looking import Watch
from tests.pages.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FAULTY = """<!doctype html><title>t</title><style>p { color: red }</style><script>1</script>
<img src="/nowhere.png"><p>Wide</p><button>.</button>"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_faults_are_seen(chromium: Browser, cast: Callable[[str], Cast], scripts: bool) -> None:
    context = chromium.new_context(base_url=cast("empty").site.url, java_script_enabled=scripts)
    tab = context.new_page()
    watch = Watch(tab)
    headers = {"Content-Security-Policy": CSP, "Content-Type": "text/html"}
    tab.route("**/faulty", lambda route: answer(route, headers))
    tab.goto("/faulty")
    seen = "\n".join(watch.faults)
    assert "style-src 'self'" in seen
    assert "404" in seen
    assert {one.split(":")[0] for one in checks.axe(tab, scripts)} >= {"html-has-lang", "image-alt"}
    tab.evaluate("document.querySelector('p').style.inlineSize = '4000px'")
    assert checks.sideways(tab)
    tab.evaluate("document.querySelector('button').style.cssText = 'padding: 0; border: 0; inline-size: 9px'")
    assert checks.small_targets(tab)
    context.close()


def answer(route: Route, headers: dict[str, str]) -> None:
    route.fulfill(status=200, headers=headers, body=FAULTY)
