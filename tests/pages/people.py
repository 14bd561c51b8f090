"""Who looks at the pages: people in every role, each with what they did so far. Prepared over HTTP, as they would."""

import os
import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from tests.conftest import PACKS
from tests.live import Installation
from tests.pages.reader import Reader

PASSWORD = "a long enough pass phrase"
COURSE = "/en/courses/sse/"


@dataclass
class Cast:
    """An installation's people. readers: by role. values: what addresses of pages need, such as `question`."""

    site: Installation
    readers: dict[str, Reader] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def reader(self, role: str) -> Reader:
        return self.readers.setdefault(role, Reader(self.site.url))

    def address(self, path: str, language: str) -> str:
        """The path of a page in a language: `/{lang}/reset/{reset}` with what stands in braces filled in."""
        return path.format(lang=language, **self.values)


def gather(where: str, folder: Path, running: ExitStack) -> Cast:
    """Start an installation of its own in `folder`, with its people. `running` stops it.

    `site` has the shipped course; `empty` nothing, not even an admin; `arabic` a course written from right to left.
    """
    root = {"site": PACKS.parents[1], "arabic": PACKS / "arabic"}.get(where, folder)
    own = Installation(folder / where, COURSE_ROOT=os.fspath(root), COURSE_WORKERS="1")
    site = running.enter_context(own)
    return full(site) if where == "site" else Cast(site, values={"setup": setup_link(site).rsplit("/", 1)[1]})


def full(site: Installation) -> Cast:
    """People in every role on an installation with the shipped course."""
    cast = Cast(site)
    found = re.search(r'id="answer-([^"]+)"', Reader(site.url).get(COURSE + "why/").text)
    assert found, "the first lesson has no question"
    cast.values |= {"question": found[1], "answer": f"answer_to={found[1]}&{found[1]}=0"}
    cast.values["setup"] = setup_link(site).rsplit("/", 1)[1]
    cast.reader("admin").send(setup_link(site), name="Ada", email="ada@example.org", password=PASSWORD)
    site.add("tom@example.org", "trainer")
    sign_in(cast.reader("trainer"), "tom@example.org")
    cast.reader("admin").send(
        "/en/people/invitations", email="ina@example.org", language="en", role="learner", course=""
    )
    cast.values["invitation"] = site.link_for("ina@example.org", having="/invitation/").rsplit("/", 1)[1]
    rows = {"rows": "name\nWanjiru\n", "language": "fr", "course": "sse", "do": "check"}
    shown = re.search(r'name="shown" value="(\w+)"', cast.reader("admin").send("/en/people/sheet", **rows).text)[1]
    cast.reader("admin").send("/en/people/sheet", **rows | {"do": "add", "shown": shown})
    sign_up(cast, "newcomer", "nia@example.org")
    cast.values["confirm"] = _ask_to_sign_up(cast, "signing up", "sol@example.org").rsplit("/", 1)[1]
    cast.reader("visitor").send("/en/reset", email="nia@example.org")
    cast.values["reset"] = site.link_for("nia@example.org", having="/reset/").rsplit("/", 1)[1]
    sign_up(cast, "learner", "lena@example.org")
    learn(cast.reader("learner"))
    waiting = cast.reader("trainer").get(COURSE + "results/marking/plan/").text
    cast.values["response"] = re.search(r"marking/plan/(\d+)/", waiting)[1]
    listed = cast.reader("trainer").get(COURSE + "results/quizzes/understanding/attempts/").text
    cast.values["person"] = re.search(r"results/learners/(\d+)/", listed)[1]
    return cast


def setup_link(site: Installation) -> str:
    """The path for the first admin, from what `course serve` printed."""
    return re.search(r"/en/setup/\S+", site.log.read_text())[0]


def sign_in(reader: Reader, who: str) -> None:
    reply = reader.send("/en/sign-in", who=who, password=PASSWORD)
    assert "sign-in" not in reply.url, reply.text


def sign_up(cast: Cast, role: str, email: str) -> None:
    """A new account, confirmed by the link in the mail, and signed in."""
    link = _ask_to_sign_up(cast, role, email)
    cast.reader(role).send(link.removeprefix(cast.site.url))


def _ask_to_sign_up(cast: Cast, role: str, email: str) -> str:
    name = email.split("@")[0].title()
    cast.reader(role).send("/en/sign-up", name=name, email=email, password=PASSWORD, language="en")
    return cast.site.link_for(email, having="/confirm/")


def learn(reader: Reader) -> None:
    """Two lessons read and a note written, one quiz handed in, another half done, an assignment written."""
    reader.send(COURSE + "enrolment", page=COURSE)
    for lesson in ("why", "definition"):
        reader.send(f"{COURSE}{lesson}/completion", page=f"{COURSE}{lesson}/")
    section = re.search(r'name="section" value="([^"]+)"', reader.get(COURSE + "why/").text)[1]
    reader.send(f"{COURSE}why/notes", page=f"{COURSE}why/", section=section, base="0", text="Ask at the market.")
    take(reader, "understanding", answered=7)
    reader.send(COURSE + "quizzes/understanding/attempts/1/submission", confirmed="1")
    take(reader, "ilo", answered=4)
    take(reader, "plan", answered=1)
    reader.send(COURSE + "quizzes/plan/attempts/1/submission", confirmed="1")


def take(reader: Reader, quiz: str, answered: int) -> None:
    """Start the quiz, answer its first questions with the first choice or a 10, and save."""
    address = f"{COURSE}quizzes/{quiz}/"
    reader.send(address + "attempts", page=address)
    opened = reader.get(address + "attempts/1/?question=all")
    reader.send(address + "attempts/1/responses", page=address + "attempts/1/", **Filled(opened.text, answered).fields)


class Filled(HTMLParser):
    """The fields of an attempt's form with its first `answered` questions answered."""

    def __init__(self, html: str, answered: int) -> None:
        super().__init__()
        self.answered, self.number = answered, 0
        self.fields: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.number = int(given.get("data-position", self.number))
        kind, name = given.get("type", "text"), given.get("name", "")
        if tag == "input" and kind == "hidden" and name.startswith(("base-", "key")):
            self.fields[name] = given["value"]
        elif tag == "textarea" and 0 < self.number <= self.answered:
            self.fields[name] = "First we would ask the members."
        elif tag == "input" and name and 0 < self.number <= self.answered and kind != "hidden":
            self.fields.setdefault(name, given["value"] if kind in {"radio", "checkbox"} else "10")

    handle_startendtag = handle_starttag
