"""What a course weighs that somebody wants to have on their device: its lessons, with their pictures."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app

from course.catalogue.addresses import Addresses
from course.catalogue.published import Published
from course.web.compression import NOW

KEPT = 64
PICTURE = re.compile(r'src="/assets/([0-9a-f]+)/')


@dataclass(frozen=True, slots=True)
class Luggage:
    """`pages` are addresses, the course's own among them; `bytes` is what they and their pictures are to load."""

    revision: str
    pages: tuple[str, ...]
    bytes: int


def luggage(published: Published, language: str, render: Callable[[str], bytes]) -> Luggage:
    """What to load for a course in a language; it is found out once for each revision and worker.

    `render` makes the page of a lesson, by the lesson's id. Who reads it changes its weight by little.
    """
    kept: dict[tuple[Published, str], Luggage] = current_app.extensions.setdefault("course.luggage", {})
    if (published, language) not in kept:
        if len(kept) >= KEPT:
            kept.clear()
        kept[published, language] = _weigh(published, language, render)
    return kept[published, language]


def _weigh(published: Published, language: str, render: Callable[[str], bytes]) -> Luggage:
    addresses = Addresses(published.slug, language)
    lessons = {addresses.lesson(lesson.id): render(lesson.id) for lesson in published.outline.lessons}
    pictures = {digest for html in lessons.values() for digest in PICTURE.findall(html.decode())}
    sizes = {asset.hash: asset.size for asset in published.outline.assets.values()}
    size = sum(len(NOW["zstd"](html)) for html in lessons.values())
    size += sum(sizes.get(picture, 0) for picture in pictures)
    glossary = [addresses.glossary()] if any(published.outline.glossary.values()) else []
    return Luggage(published.revision, (addresses.home, *glossary, *lessons), size)
