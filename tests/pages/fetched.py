"""All listed pages in all their languages, as the server sends them, and what their HTML links to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser

from tests.pages.listed import PAGES, Page
from tests.pages.people import Cast
from tests.pages.reader import Reader, Reply


@dataclass
class Fetched:
    """A listed page in one language, and who read it."""

    page: Page
    language: str
    reader: Reader
    reply: Reply

    def __str__(self) -> str:
        return f"{self.page.name}.{self.language}"

    @cached_property
    def markup(self) -> "Markup":
        return Markup(self.reply.text)


def fetch(cast: Callable[[str], Cast]) -> Iterator[Fetched]:
    """Read every page; where the list says so, send its form."""
    for page in PAGES:
        people = cast(page.where)
        reader = people.reader(page.who)
        for language in page.languages:
            path = people.address(page.path, language)
            reply = reader.get(path) if page.sends is None else reader.send(path, **page.sends)
            assert reply.status == page.status, f"{reply.status} at {reply.url}"
            yield Fetched(page, language, reader, reply)


class Markup(HTMLParser):
    """links: every address that the HTML names. ids: what a fragment can lead to."""

    ADDRESSES = {"href", "src", "srcset", "poster", "data"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.ids.add(value)
            elif name in self.ADDRESSES and value:
                self.links.append(value)

    handle_startendtag = handle_starttag
