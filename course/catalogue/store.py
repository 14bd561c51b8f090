"""Sources and compiled sources as rows. Blobs are the truth; what is compiled can be made again from them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from posixpath import basename
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from course.catalogue.models import Blob, Compiled, RevisionFile
from course.content.compiled import CompiledSource, Key, compiler_version, dump, load
from course.content.paths import classify
from course.db import db

BATCH = 500


class StoredFiles(Mapping[str, bytes]):
    """The files of a revision, by path. Bytes are fetched one file at a time, when they are asked for."""

    def __init__(self, hashes: Mapping[str, str]) -> None:
        self.hashes = hashes

    def __getitem__(self, path: str) -> bytes:
        return blob(self.hashes[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self.hashes)

    def __len__(self) -> int:
        return len(self.hashes)


def files_of(revision_id: int) -> StoredFiles:
    """The source files of a revision."""
    rows = db.session.execute(
        select(RevisionFile.path, RevisionFile.blob_hash).where(RevisionFile.revision_id == revision_id)
    )
    return StoredFiles({row.path: row.blob_hash for row in rows})


def blob(digest: str) -> bytes:
    """The bytes of this SHA-256 (hex). Raises KeyError."""
    body = db.session.scalar(select(Blob.body).where(Blob.hash == digest))
    if body is None:
        raise KeyError(digest)
    return bytes(body)


def asset_path(digest: str, name: str) -> str | None:
    """Where, in some revision, a picture or attachment with these bytes and this file name stands; else None.

    Sources are blobs too, and have answers in them: they are not to be had by their hash.
    """
    paths = db.session.scalars(select(RevisionFile.path).where(RevisionFile.blob_hash == digest).distinct())
    for path in paths:
        source = classify(path)
        if source is not None and source.kind in ("picture", "attachment") and basename(path) == name:
            return path
    return None


def put_blobs(files: Mapping[str, bytes], hashes: Mapping[str, str]) -> None:
    """Keep the files whose bytes are not kept yet."""
    paths = {digest: path for path, digest in hashes.items()}
    for batch in _batches(paths):
        kept = set(db.session.scalars(select(Blob.hash).where(Blob.hash.in_(batch))))
        bodies = {digest: files[paths[digest]] for digest in batch if digest not in kept}
        _insert_new(Blob, [{"hash": digest, "body": body, "size": len(body)} for digest, body in bodies.items()])


def compiled(sources: Iterable[str]) -> dict[Key, CompiledSource]:
    """What this version of the compiler has made of these sources, as far as it is kept."""
    found: dict[Key, CompiledSource] = {}
    for batch in _batches(sources):
        query = select(Compiled.source, Compiled.inputs, Compiled.body).where(
            Compiled.source.in_(batch), Compiled.compiler == compiler_version()
        )
        for source, inputs, body in db.session.execute(query):
            found[Key(source, inputs, compiler_version())] = load(bytes(body))
    return found


def compiled_source(key: Key) -> CompiledSource | None:
    body = compiled_body(key)
    return load(body) if body is not None else None


def compiled_body(key: Key) -> bytes | None:
    """What is kept under this key, as it was put."""
    query = select(Compiled.body).where(
        Compiled.source == key.source, Compiled.inputs == key.inputs, Compiled.compiler == key.compiler
    )
    body = db.session.scalar(query)
    return bytes(body) if body is not None else None


def put_compiled(made: Mapping[Key, CompiledSource]) -> None:
    """Keep what was compiled."""
    put_bodies({key: dump(source) for key, source in made.items()})


def put_bodies(bodies: Mapping[Key, bytes]) -> None:
    for batch in _batches(bodies):
        _insert_new(Compiled, [{**key._asdict(), "body": bodies[key]} for key in batch])


def _insert_new(model: Any, rows: list[dict[str, object]]) -> None:
    """Insert the rows that are not there; two publishers may bring the same ones."""
    if rows:
        table: Table = model.__table__
        insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
        db.session.execute(insert(table).on_conflict_do_nothing(), rows)


def _batches(keys: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(keys)
    while batch := list(islice(rest, BATCH)):
        yield batch
