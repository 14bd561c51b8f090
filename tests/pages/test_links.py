"""Every link of every page leads somewhere: the page is there, and so is the place on it."""

from urllib.parse import unquote, urldefrag, urljoin

import pytest

from tests.pages.fetched import Fetched, Markup
from tests.pages.reader import Reader, Reply

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


class Follower:
    """Follows links as the people who see them, each address once for each of them."""

    def __init__(self, fetched: list[Fetched]) -> None:
        self.replies = {(one.reader, one.reply.url): one.reply for one in fetched if one.page.sends is None}
        self.ids: dict[Reply, set[str]] = {}  # the same address shows others other places

    def follow(self, reader: Reader, link: str) -> Reply:
        if (reader, link) not in self.replies:
            self.replies[reader, link] = reader.get(link)
        return self.replies[reader, link]

    def fault(self, one: Fetched, link: str) -> str:
        """What is wrong with a link on a page; empty where nothing is."""
        target, place = urldefrag(urljoin(one.reply.url, link))
        if not target.startswith(one.reader.site_url):
            return "" if target.startswith(("https://", "data:")) else "not https"
        here = target == urldefrag(one.reply.url)[0]
        reply = one.reply if here else self.follow(one.reader, target)
        if reply.status >= 400 and not here:
            return f"answered with {reply.status}"
        return "" if not place or unquote(place) in self.places(reply) else "no such place on that page"

    def places(self, reply: Reply) -> set[str]:
        if reply not in self.ids:
            self.ids[reply] = Markup(reply.text).ids
        return self.ids[reply] | {"top"}


def test_every_link_leads_somewhere(fetched: list[Fetched]) -> None:
    follower, faults = Follower(fetched), {}
    for one in fetched:
        path = one.reply.url.removeprefix(one.reader.site_url)
        others = {path.replace(f"/{one.language}/", f"/{tag}/", 1) for tag in one.page.languages}
        for link in dict.fromkeys(one.markup.links):
            if one.page.status in {404, 410} and link in others:
                continue  # to the same place, which is missing in every language
            if fault := link != "#" and follower.fault(one, link):
                faults.setdefault(f"{link}: {fault}", f"on {one}")
    assert len(follower.replies) > len(fetched)
    assert not faults, "\n".join(["", *(f"{fault}, {where}" for fault, where in faults.items())])


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_root_leads_to_the_language_of_the_browser(fetched: list[Fetched], language: str) -> None:
    reader = Reader(fetched[0].reader.site_url)
    assert reader.get("/", **{"Accept-Language": f"{language}-XX,en;q=0.1"}).url.endswith(f"/{language}/")
