"""What a course weighs that somebody wants to have on their device: its lessons, with their pictures."""

import re
from dataclasses import dataclass

from flask import current_app

from course.catalogue import queries as catalogue
from course.catalogue.addresses import Addresses
from course.catalogue.published import Published
from course.content.model import LessonPage
from course.web.compression import NOW

KEPT = 64
FRAME, QUESTION = 3_000, 300
"""Bytes, packed: what stands around a lesson's text, its outline too, and a question in it."""
PICTURE = re.compile(r'src="/assets/([0-9a-f]+)/')


@dataclass(frozen=True, slots=True)
class Luggage:
    """`pages` are addresses, the course's own among them; `bytes` is what they and their pictures are to load."""

    revision: str
    pages: tuple[str, ...]
    bytes: int


def luggage(published: Published, language: str) -> Luggage:
    """What to load for a course in a language; it is found out once for each revision and worker.

    No page is made for it: hundreds in one request would keep the worker from everybody else. Their texts are weighed
    as they were compiled, and what stands around them is nearly the same on every page.
    """
    kept: dict[tuple[Published, str], Luggage] = current_app.extensions.setdefault("course.luggage", {})
    if (published, language) not in kept:
        if len(kept) >= KEPT:
            kept.clear()
        kept[published, language] = _weigh(published, language)
    return kept[published, language]


def _weigh(published: Published, language: str) -> Luggage:
    addresses = Addresses(published.slug, language)
    pages, pictures, size = [], set(), 0
    for lesson in published.outline.lessons:
        html, questions = _text(catalogue.lesson(published, lesson.id, language))
        pages.append(addresses.lesson(lesson.id))
        pictures.update(PICTURE.findall(html))
        size += len(NOW["zstd"](html.encode())) + FRAME + QUESTION * questions
    sizes = {asset.hash: asset.size for asset in published.outline.assets.values()}
    size += sum(sizes.get(picture, 0) for picture in pictures)
    glossary = [addresses.glossary()] if any(published.outline.glossary.values()) else []
    return Luggage(published.revision, (addresses.home, *glossary, *pages), size)


def _text(page: LessonPage) -> tuple[str, int]:
    """The HTML of a lesson's text, and how many questions stand in it."""
    parts = [part for section in page.sections for part in section.parts]
    text = [part for part in parts if isinstance(part, str)]
    return "".join([*text, page.notes, *(term.definition for term in page.terms)]), len(parts) - len(text)
