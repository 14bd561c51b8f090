"""Links and pictures: each leads somewhere, and nothing lies around unused."""

import posixpath
from collections.abc import Iterator

from course.content.compiled import LinkHead
from course.content.layout import Layout
from course.content.paths import PICTURES, suffix
from course.content.references import Broken, Reference, Targets
from course.content.schema import MANY, suggest
from course.markup.findings import Place


def check_links(layout: Layout) -> None:
    """Broken links and missing pictures in all languages, and files that nothing refers to."""
    checker = _Checker(layout)
    for language, path, links in _texts(layout):
        for link in links:
            checker.check(language, path, link)
    for path in sorted(layout.sources.assets.keys() - checker.used):
        layout.findings.warn(Place(path), "unused-file", "nothing refers to this file", "delete it, or link to it")


def targets(layout: Layout) -> Targets:
    """What can be pointed at."""
    lessons = {stem: text.head["id"] for stem, text in layout.lessons.items()}
    quizzes = {stem: text.head["id"] for stem, text in layout.quizzes.items()}
    return Targets(lessons, quizzes, layout.sources.assets)


def _texts(layout: Layout) -> Iterator[tuple[str, str, list[LinkHead]]]:
    """Language, path and links of every text."""
    for group in (layout.sources.lessons, layout.sources.quizzes):
        for files in group.values():
            for language, text in files.items():
                yield language, text.path, text.head["links"]
    for language, glossary in layout.sources.glossary.items():
        yield language, glossary.path, glossary.head["links"]


class _Checker:
    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.targets = targets(layout)
        self.used: set[str] = set()
        self.lessons = {text.head["id"]: text for text in layout.lessons.values()}
        self.quizzes = {text.head["id"]: text for text in layout.quizzes.values()}
        source = layout.sources.glossary.get(layout.language)
        self.terms = {term["id"] for term in source.head["terms"]} if source else set()

    def check(self, language: str, path: str, link: LinkHead) -> None:
        place = Place(path, *link["at"])
        found = self.targets.resolve(path, link["target"])
        if isinstance(found, Broken):
            self.broken(found, language, link, place)
            return
        if found.thing == "asset":
            self.used.add(found.name)
        if link["kind"] == "image" and not (found.thing == "asset" and suffix(found.name) in PICTURES):
            message = f"`{link['target']}` is no picture"
            self.layout.findings.error(place, "missing-picture", message, f"pictures are {', '.join(PICTURES)} files")
        elif found.language not in ("", language):
            message = f"this links to the {found.language} file from a {language} one"
            remedy = f"link to `.{language}.md`: readers stay in their language"
            self.layout.findings.warn(place, "other-language", message, remedy)
        self.anchor(found, place)

    def broken(self, broken: Broken, language: str, link: LinkHead, place: Place) -> None:
        if broken.wanted in self.layout.sources.unread or broken.thing in self.layout.unsure:
            return  # it is there, and what is wrong with it has been said
        target = link["target"]
        if link["kind"] == "image":
            remedy = self.nearest_file(place.file, target, language, pictures_only=True)
            self.layout.findings.error(place, "missing-picture", f"there is no picture `{target}`", remedy)
        elif broken.thing in ("lesson", "quiz") and target.startswith(f"{broken.thing}:"):
            known = self.targets.lessons if broken.thing == "lesson" else self.targets.quizzes
            remedy = suggest(broken.wanted, known.values())
            self.layout.findings.error(place, "broken-link", f"there is no {broken.thing} `{broken.wanted}`", remedy)
        else:
            remedy = self.nearest_file(place.file, target, language)
            self.layout.findings.error(place, "broken-link", f"`{target}` leads to no file of the pack", remedy)

    def nearest_file(self, file: str, target: str, language: str, pictures_only: bool = False) -> str:
        """The file that was meant, written as a link in `file` writes it."""
        texts = () if pictures_only else (*self.targets.lessons, *self.targets.quizzes)
        assets = [path for path in self.targets.assets if not pictures_only or suffix(path) in PICTURES]
        folder, wanted = posixpath.dirname(file), posixpath.normpath(target.partition("#")[0])
        near = [f"{stem}.{language}.md" for stem in texts if posixpath.dirname(stem) == folder] + assets
        return suggest(wanted, (posixpath.relpath(path, folder) for path in near[:MANY]))

    def anchor(self, found: Reference, place: Place) -> None:
        """What follows `#` is a section, figure, question or term there. Checked in the source language."""
        if not found.anchor and found.thing != "glossary":
            return
        known: set[str] = set()
        if found.thing == "lesson":
            head = self.lessons[found.name].head
            if head["spoilt"]:
                return
            known = set(head["anchors"]) | {section["id"] for section in head["sections"]} | set(head["asked"])
        elif found.thing == "glossary":
            known = self.terms
        if found.thing in ("lesson", "glossary") and found.anchor not in known and (found.anchor or not known):
            message = f'there is no {"term" if found.thing == "glossary" else "section"} "{found.anchor}"'
            self.layout.findings.error(place, "broken-link", message, suggest(found.anchor, known - {""}))
