"""Link holes: internal targets stay open until the course is linked, when it is known what they lead to."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from course.markup.findings import Findings, Place
from course.markup.html import Html
from course.markup.scan import Line

Kind = Literal["link", "image"]

OWN_SCHEMES = ("lesson", "quiz", "glossary")
"""Schemes of links by id, such as `lesson:definition#section`."""

_HOLE = re.compile(r'(?P<attribute>href|src)="hole:(?P<target>[^"]*)"')
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")


class Target(NamedTuple):
    """An internal target as the author wrote it (percent-encoding undone), and whether a link or a picture has it."""

    target: str
    kind: Kind


def targets(html: Html) -> list[Target]:
    """The targets of all link holes in `html`, in order."""
    return [_target(match) for match in _HOLE.finditer(html)]


def fill(html: Html, resolve: Callable[[Target], dict[str, str]]) -> Html:
    """`html` with each link hole replaced by the attributes that `resolve` gives for its target.

    For a link that is `{"href": ...}`, for a picture `{"src": ..., "width": ..., "height": ...}`; values are escaped
    here. No attributes: the link leads nowhere.
    """

    def filled(match: re.Match[str]) -> str:
        return " ".join(f'{name}="{escape(value)}"' for name, value in resolve(_target(match)).items())

    return Html(_HOLE.sub(filled, html))


class Locator:
    """Where in the source a target stands. The library keeps no positions, so equal targets are met in order."""

    def __init__(self, lines: list[Line], place: Place) -> None:
        self.lines = lines
        self.place = place
        self.known: dict[str, list[Place]] = {}

    def find(self, target: str) -> Place:
        """The next place of `target` that was not given yet, else the last, else the beginning of the text."""
        if target not in self.known:
            self.known[target] = list(self._places(target))[::-1]
        places = self.known[target]
        if not places:
            return self.place
        return places.pop() if len(places) > 1 else places[0]

    def _places(self, target: str) -> list[Place]:
        found = []
        for line in self.lines:
            at = -1 if line.inert or not target else line.live.find(target)
            while at >= 0:
                if at == 0 or line.live[at - 1] in "(<: \t":
                    found.append(Place(self.place.file, line.number, at + 1))
                at = line.live.find(target, at + len(target))
        return found


class Links:
    """Opens a hole for every internal target in a tree, and finds what is wrong with the others."""

    def __init__(self, locator: Locator, findings: Findings) -> None:
        self.locator = locator
        self.findings = findings
        self.internal: list[tuple[Target, Place]] = []
        self.fragments: list[tuple[str, Place]] = []

    def open(self, root: Element) -> None:
        """Go through the links and pictures under `root`, in order."""
        for found in root.iter():
            if found.tag == "a":
                self._link(found)
            elif found.tag == "img":
                self._image(found)

    def _link(self, link: Element) -> None:
        written = link.get("href", "").strip()
        place = self.locator.find(written)
        scheme = _SCHEME.match(written)
        if not "".join(link.itertext()).strip() and link.find(".//img") is None:
            self.findings.error(place, "empty-link", "this link has no words", "say between `[` and `]` where it leads")
        link.attrib.pop("title", None)
        if written.startswith("#") and len(written) > 1:
            self.fragments.append((unquote(written[1:]), place))
        elif scheme and scheme[1].lower() in ("https", "mailto"):
            if scheme[1].lower() == "https":
                link.set("rel", "noopener noreferrer")
        elif self._allowed(written, scheme, place):
            link.set("href", self._hole(Target(unquote(written), "link"), place))
        else:
            del link.attrib["href"]

    def _image(self, image: Element) -> None:
        written = image.get("src", "").strip()
        place = self.locator.find(written)
        if not image.get("alt", "").strip():
            self.findings.error(
                place,
                "missing-alternative",
                f"the picture `{written[:80]}` has no alternative text",
                "say between `[` and `]` what it shows, for those who cannot see it",
            )
        image.attrib = {"alt": image.get("alt", "")}
        if _SCHEME.match(written) or written.startswith("//"):
            self.findings.error(
                place,
                "remote-picture",
                f"the picture `{written[:80]}` is not in the pack",
                "put the file beside the lesson, as in `figures/name.svg`: pages load nothing from elsewhere",
            )
        elif self._allowed(written, None, place):
            image.set("src", self._hole(Target(unquote(written), "image"), place))
        image.set("loading", "lazy")
        image.set("decoding", "async")

    def _allowed(self, written: str, scheme: re.Match[str] | None, place: Place) -> bool:
        name = scheme[1].lower() if scheme else None
        if not written or written == "#":
            message, remedy = "this link leads nowhere", "write a target between `(` and `)`"
        elif name == "http":
            message, remedy = f"`{written[:80]}` is not encrypted", "use `https:`"
        elif written.startswith("//") or (name and name not in OWN_SCHEMES):
            message = f"a link may not begin as `{written[:80]}` does"
            remedy = "use `https:`, `mailto:`, a file of the pack, or `lesson:`, `quiz:`, `glossary:` and an id"
        else:
            return True
        self.findings.error(place, "link-target", message, remedy)
        return False

    def _hole(self, target: Target, place: Place) -> str:
        self.internal.append((target, place))
        return "hole:" + quote(target.target, safe="/#:")


def _target(match: re.Match[str]) -> Target:
    return Target(unquote(unescape(match["target"])), "link" if match["attribute"] == "href" else "image")
