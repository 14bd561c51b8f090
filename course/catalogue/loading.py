"""From rows to what pages are made of. Slow, and so called once for each revision, page and worker (`queries`)."""

from dataclasses import replace
from unicodedata import combining, normalize

from flask_babel import gettext as _
from sqlalchemy import select

from course.catalogue import store
from course.catalogue.addresses import Addresses
from course.catalogue.models import ItemName
from course.catalogue.naming import named
from course.catalogue.published import Glossary, Published
from course.content.build import build
from course.content.compile import compile_source
from course.content.compiled import CompiledSource, Key, compiler_version
from course.content.link import Linker, key_of, with_definitions_linked
from course.content.model import Outline, Source
from course.content.pack import Pack
from course.content.paths import classify
from course.content.stored import load_outline
from course.db import db
from course.errors import PackRefused


def published(slug: str, course_id: int, revision_id: int, revision: str, number: int) -> Published:
    """A revision's outline, and the items that its ids mean."""
    course = outline(revision_id, revision)
    rows = db.session.execute(
        select(ItemName.kind, ItemName.name, ItemName.item_id).where(ItemName.course_id == course_id)
    )
    items = {(kind, name): item for kind, name, item in rows}
    names = {items[thing.name]: thing.name for thing in named(course)}
    return Published(slug, course_id, revision_id, revision, number, course, items, names)


def outline_key(revision: str) -> Key:
    """Under which the outline of a revision is kept."""
    return Key(revision, "outline", compiler_version())


def outline(revision_id: int, revision: str) -> Outline:
    """The outline as it was kept; made again from the sources after an upgrade of the engine."""
    kept = store.compiled_body(outline_key(revision))
    if kept is not None:
        return load_outline(kept)
    files = store.files_of(revision_id)
    folder = next(iter(files)).split("/")[1]
    built = build(Pack(folder, files, files.hashes), store.compiled(files.hashes.values()).get)
    if built.outline is None:
        raise PackRefused(_("This engine cannot read a course that an older one published."), built.findings)
    return built.outline


def linker(published: Published, language: str) -> Linker:
    """Fills the links of a revision's pages in a language, and finds their compiled sources."""
    return Linker(published.outline, language, Addresses(published.slug, language), fetch)


def glossary(linker: Linker) -> Glossary:
    """The terms of a revision in the linker's language, or in the source's; their definitions linked."""
    outline = linker.outline
    language = linker.language if linker.language in outline.glossary else outline.source_language
    definitions = with_definitions_linked(linker)
    terms = (replace(term, definition=definitions[term.id]) for term in outline.glossary.get(language, ()))
    return Glossary(language, tuple(sorted(terms, key=lambda term: _sorting(term.term))))


def _sorting(word: str) -> str:
    """Accents do not count: `économie` stands beside `economie`."""
    return "".join(char for char in normalize("NFD", word.casefold()) if not combining(char))


def fetch(source: Source) -> CompiledSource:
    """What is kept of a source; after an upgrade of the engine, compiled again from its bytes."""
    key = key_of(source)
    kept = store.compiled_source(key)
    if kept is not None:
        return kept
    path = classify(source.path)
    assert path is not None  # key_of has looked
    return compile_source(source.path, path, store.blob(source.hash))
