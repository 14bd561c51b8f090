"""What authors get wrong: each has its own message, at its place, soon, and yields no outline."""

import time
from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.content.packs import (
    BASICS,
    BASICS_FR,
    BREAD,
    COURSE,
    FIRST,
    WATER,
    WATER_FR,
    Files,
    built,
    replaced,
    tiny,
    without,
)


class Bad(NamedTuple):
    """A change to the pack, and the finding that it has to bring: its rule, its place, and words of its message."""

    spoil: Callable[[Files], Files]
    rule: str
    place: str
    words: str


def replacing(path: str, old: str, new: str) -> Callable[[Files], Files]:
    return lambda files: replaced(files, path, old, new)


def dropping(*paths: str) -> Callable[[Files], Files]:
    return lambda files: without(files, *paths)


def putting(path: str, data: bytes) -> Callable[[Files], Files]:
    return lambda files: {**files, path: data}


BOMB = "a: &a [x]\n" + "".join(f"a{n}: &a{n} [*a, *a, *a, *a, *a, *a, *a, *a]\n" for n in range(60))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
WHEEL = f"{FIRST}/figures/wheel.svg"

BAD = {
    "a missing translation of a complete language": Bad(
        dropping(WATER_FR), "missing-translation", f"{WATER_FR}:1:1", 'this lesson is missing in "fr"'
    ),
    "a missing source": Bad(dropping(WATER), "missing-translation", f"{WATER}:1:1", "the source language"),
    "a missing title": Bad(
        replacing(COURSE, ", fr: Un tout petit cours", ""), "missing-translation", f"{COURSE}:2:8", "no `fr:`"
    ),
    "a language that the course has not": Bad(
        putting(f"{FIRST}/1-water.de.md", b""), "unknown-language", f"{FIRST}/1-water.de.md", '"de"'
    ),
    "an unknown quiz": Bad(
        replacing(f"{FIRST}/module.yaml", "basics", "basix"), "unknown-id", f"{FIRST}/module.yaml:3:7", '"basix"'
    ),
    "an unknown lesson that completes": Bad(
        replacing(COURSE, "[water, bread]", "[water, bred]"), "unknown-id", f"{COURSE}:7:34", 'no lesson "bred"'
    ),
    "an unknown objective": Bad(
        replacing(WATER, "objective=find-water", "objective=find-watre"), "unknown-id", f"{WATER}:20:1", "find-watre"
    ),
    "an unknown module": Bad(
        replacing("lessons/tiny/2-second/module.yaml", "[first]", "[frist]"),
        "unknown-id",
        "lessons/tiny/2-second/module.yaml:3:12",
        '"frist"',
    ),
    "two equal lesson ids": Bad(replacing(BREAD, "id: bread", "id: water"), "equal-ids", f"{BREAD}:2:5", "twice"),
    "a lesson called like a quiz": Bad(replacing(BREAD, "id: bread", "id: basics"), "equal-ids", BASICS, "twice"),
    "two equal objectives": Bad(replacing(BREAD, "  bake:", "  find-water:"), "equal-ids", f"{BREAD}:6:", "find-water"),
    "two equal sections": Bad(replacing(WATER, "{#bank}", "{#river}"), "", WATER, "river"),
    "two equal questions": Bad(replacing(BASICS, "{#minutes", "{#turns"), "", BASICS, "turns"),
    "a reserved id": Bad(replacing(BREAD, "id: bread", "id: quizzes"), "reserved-id", f"{BREAD}:2:5", "quizzes"),
    "an unknown key": Bad(replacing(COURSE, "access:", "acces:"), "unknown-key", f"{COURSE}:5:1", '"acces"'),
    "an unknown key in a lesson": Bad(
        replacing(WATER, "minutes:", "minuets:"), "unknown-key", f"{WATER}:4:1", "minuets"
    ),
    "a missing picture": Bad(
        replacing(WATER, "figures/wheel.svg", "figures/wheal.svg"), "missing-picture", f"{WATER}:16:", "wheal.svg"
    ),
    "a picture over 500 kB": Bad(putting(WHEEL, SVG.format(" " * 500_001).encode()), "too-large", WHEEL, "500,0"),
    "a picture that is none": Bad(putting(f"{FIRST}/figures/loaf.png", b"GIF89a"), "bad-picture", "loaf.png", "PNG"),
    "a picture with a script": Bad(
        putting(WHEEL, SVG.format("<script>alert(1)</script>").encode()), "unsafe-picture", WHEEL, "<script>"
    ),
    "broken YAML": Bad(replacing(COURSE, "languages: {en", "languages: {en: {"), "yaml", COURSE, "not valid YAML"),
    "a duplicate key": Bad(replacing(COURSE, "access: open", "id: tiny"), "duplicate-key", f"{COURSE}:5:1", '"id"'),
    "an alias bomb": Bad(putting(COURSE, BOMB.encode()), "alias", f"{COURSE}:1:4", "anchor"),
    "a file that is not UTF-8": Bad(putting(WATER, b"---\nid: caf\xe9\n"), "not-utf8", f"{WATER}:2:8", "0xE9"),
    "10,000 nested quotes": Bad(putting(WATER, b"> " * 10_000 + b"x"), "", WATER, "deep"),
    "10,000 nested quotes in a lesson": Bad(
        lambda files: {**files, WATER: files[WATER] + b"\n" + b"> " * 10_000 + b"deep\n"}, "", f"{WATER}:", "deep"
    ),
    "a key that differs between languages": Bad(
        lambda files: replaced(replaced(files, BASICS_FR, "( ) Le", "(x) Le"), BASICS_FR, "(x) L'eau", "( ) L'eau"),
        "translation-key",
        f"{BASICS_FR}:",
        "",
    ),
    "a single choice with two keys": Bad(replacing(BASICS, "- ( ) Salt", "- (x) Salt"), "", BASICS, ""),
    "a single choice with no key": Bad(replacing(BASICS, "- (x) Water", "- ( ) Water"), "", BASICS, ""),
    "a pass mark of 140 %": Bad(replacing(BASICS, "pass: 50%", "pass: 140%"), "wrong-value", f"{BASICS}:4:7", "140%"),
    "a rule in a translation": Bad(
        replacing(BASICS_FR, "title: Les bases", "title: Les bases\npass: 60%"),
        "rule-in-translation",
        f"{BASICS_FR}:4:7",
        "`pass`",
    ),
    "another id in the translation": Bad(
        replacing(WATER_FR, "id: water", "id: eau"), "other-id", f"{WATER_FR}:2:5", "eau"
    ),
    "another section in the translation": Bad(
        replacing(WATER_FR, "{#bank}", "{#shore}"), "other-sections", f"{WATER_FR}:29:1", '"shore"'
    ),
    "another footnote in the translation": Bad(replacing(WATER_FR, "[^s]", "[^t]"), "other-footnotes", WATER_FR, '"t"'),
    "a link to no file": Bad(
        replacing(WATER, "2-bread.en.md", "2-bred.en.md"), "broken-link", f"{WATER}:13:", "2-bred.en.md"
    ),
    "a link to no lesson": Bad(replacing(WATER, "lesson:bread", "lesson:bred"), "broken-link", f"{WATER}:14:", "bred"),
    "a link to no section": Bad(replacing(WATER, "#oven", "#ovn"), "broken-link", f"{WATER}:13:", '"ovn"'),
    "a link to no quiz": Bad(
        replacing(WATER, "quiz:basics", "quiz:basic"), "broken-link", f"{WATER}:31:", "no quiz `basic`"
    ),
    "a link to no term": Bad(replacing(WATER, "glossary:water", "glossary:wader"), "broken-link", WATER, '"wader"'),
    "a link to no attachment": Bad(replacing(WATER, "form.pdf", "from.pdf"), "broken-link", f"{WATER}:14:", "from.pdf"),
    "a link out of the pack": Bad(
        replacing(WATER, "../files/form.pdf", "../../../../../etc/passwd"), "broken-link", WATER, "etc/passwd"
    ),
    "modules that require each other": Bad(
        replacing(f"{FIRST}/module.yaml", "quiz: basics", "quiz: basics\nrequires: [second]"),
        "circle",
        "module.yaml",
        "→",
    ),
    "a retired id in use": Bad(
        replacing(COURSE, "access: open", "retired: [water]"), "retired", f"{COURSE}:5:11", '"water"'
    ),
    "a former id in use": Bad(
        replacing(BREAD, "id: bread", "id: bread\nrenamed-from: water"), "renamed", f"{BREAD}:3:15", '"water"'
    ),
    "two terms with one form": Bad(
        replacing("lessons/tiny/glossary.en.md", 'also="mills"', 'also="water"'),
        "equal-forms",
        "glossary.en.md:5",
        "water",
    ),
    "a term that is not translated": Bad(
        replacing("lessons/tiny/glossary.fr.md", "{#mill ", "{#moulin "), "unknown-id", "glossary.fr.md:1:1", "moulin"
    ),
    "no source language": Bad(replacing(COURSE, "en: source", "en: complete"), "source-language", f"{COURSE}:4:12", ""),
    "no course.yaml": Bad(dropping(COURSE), "missing-file", COURSE, "course.yaml"),
    "a course without lessons": Bad(
        lambda files: {COURSE: b"id: tiny\ntitle: {en: Tiny}\nlanguages: {en: source}\n"},
        "empty-course",
        f"{COURSE}:1:5",
        "no lesson",
    ),
    "no module.yaml": Bad(dropping(f"{FIRST}/module.yaml"), "missing-file", f"{FIRST}/module.yaml", "module.yaml"),
    "another id than the folder's": Bad(
        replacing(COURSE, "id: tiny", "id: teeny"), "course-id", f"{COURSE}:1:5", "tiny"
    ),
    "a file of no known name": Bad(putting(f"{FIRST}/notes.docm", b""), "unknown-file", f"{FIRST}/notes.docm", "name"),
    "a lesson of no language": Bad(putting(f"{FIRST}/3-x.md", b""), "unknown-file", f"{FIRST}/3-x.md", "name"),
    "two lessons with one number": Bad(
        lambda files: {
            **files,
            **{f"{FIRST}/1-other.{tag}.md": files[f"{FIRST}/2-bread.{tag}.md"] for tag in ("en", "fr")},
        },
        "equal-numbers",
        f"{FIRST}/1-water",
        "1-other",
    ),
}


def test_the_good_pack_has_no_error() -> None:
    outcome = built(tiny())
    assert outcome.errors == ()
    assert outcome.outline is not None


@pytest.mark.parametrize("name", BAD)
def test_each_mistake_has_its_own_message(name: str) -> None:
    bad = BAD[name]
    started = time.perf_counter()
    outcome = built(bad.spoil(tiny()))
    assert time.perf_counter() - started < 1
    assert outcome.outline is None
    fitting = [
        found
        for found in outcome.errors
        if bad.rule in found.rule and bad.place in str(found.place) and bad.words in found.message
    ]
    assert fitting, "\n".join(f"{found.rule} | {found}" for found in outcome.findings)
    assert all(found.remedy for found in outcome.findings)
    assert "internal" not in {found.rule for found in outcome.findings}
    print(*outcome.errors, sep="\n")


def test_all_errors_come_in_one_run_sorted_by_place() -> None:
    files = tiny()
    for spoil in (
        "an unknown quiz",
        "a missing picture",
        "a pass mark of 140 %",
        "another footnote in the translation",
    ):
        files = BAD[spoil].spoil(files)
    found = built(files).errors
    assert {finding.rule for finding in found} >= {"unknown-id", "missing-picture", "wrong-value", "other-footnotes"}
    assert list(found) == sorted(found)


def test_a_near_miss_is_answered_with_what_was_meant() -> None:
    found = built(BAD["an unknown quiz"].spoil(tiny())).errors
    assert any(finding.remedy == 'did you mean "basics"?' for finding in found)
