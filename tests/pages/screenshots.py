"""`make screenshots`: every listed page into tests/shots/<page>-<width>-<scheme>.png, for somebody to look at.

`python -m tests.pages.screenshots home lesson` takes only the pages whose names begin so. In English; content in
other languages in its own. SHOTS_LANGUAGE=fr takes them in French.
"""

import os
import sys
import tempfile
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import browser
from tests.pages import people
from tests.pages.listed import PAGES
from tests.pages.looking import Look
from tests.pages.pairs import SCHEMES, WIDTHS, Conditions

SHOTS = Path(__file__).parents[1] / "shots"


def main(wanted: tuple[str, ...]) -> None:
    pages = [page for page in PAGES if not wanted or page.name.startswith(wanted)]
    SHOTS.mkdir(exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        casts = {where: people.gather(where, folder, stack) for where in {page.where for page in pages}}
        playwright = stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.ARGUMENTS)
        look = stack.enter_context(Look(chromium, casts.__getitem__))
        for page, width, scheme in product(pages, WIDTHS, SCHEMES):
            wished = os.environ.get("SHOTS_LANGUAGE", "en")
            language = wished if wished in page.languages else page.languages[0]
            tab, _watch = look.open(page, Conditions(language, width, scheme, True))
            tab.screenshot(path=SHOTS / f"{page}-{width}-{scheme}.png", full_page=True)
            tab.close()
    print(f"{len(pages)} pages in {SHOTS}")


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
