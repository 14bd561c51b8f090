"""How long the page of a search takes in a course of 10,000 lessons, on SQLite and on PostgreSQL.

`python -m tests.bench.search [lessons]`. The page is made in one process, without a server: what is timed is the whole
application, from the request to the last byte of HTML. The words of the lessons are as unevenly common as those of a
language (Zipf's law), and searches take them as they come: everyday words, rare ones, pairs, quoted pairs, beginnings.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from course import create_app
from course.catalogue import actions
from course.config import Config
from course.content.compile import compile_source
from course.content.compiled import CompiledSource, pack_body, unpack_body
from course.content.gather import Compile, Job, one_by_one
from course.content.pack import Pack
from course.db import db, transaction
from tests.stores import PostgresStore, SqliteStore

LESSONS, SEARCHES, VOCABULARY = 10_000, 300, 20_000
SOUNDS = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "ion")]


def texts(number: int, chance: random.Random) -> Iterator[str]:
    """The words that there are, the commonest first."""
    for _ in range(number):
        yield "".join(chance.choice(SOUNDS) for _ in range(chance.randint(2, 4)))


def compile_quickly(jobs: list[Job]) -> Iterator[CompiledSource]:
    """What the compiler makes of these files. Of the lessons only one goes through it: all others get its form.

    Compiling is not what is measured, and ten thousand lessons of it would take minutes.
    """
    form: CompiledSource | None = None
    for job in jobs:
        if job.source.kind != "lesson":
            yield compile_source(*job)
            continue
        said = _said(job.data)
        if form is None:
            first, form = said, compile_source(*job)
        both = json.dumps([form.head, unpack_body(form.body)])
        for one, other in zip(first, said, strict=True):
            both = both.replace(one, other)
        head, body = json.loads(both)
        yield CompiledSource(head, pack_body(body))


def _said(data: bytes) -> list[str]:
    """What differs from lesson to lesson: its texts, its title, its number."""
    text = data.decode()
    number = text.partition("id: lesson-")[2].partition("\n")[0]
    paragraphs = [line for line in text.splitlines() if line.endswith(".")]
    title = text.partition("title: ")[2].partition("\n")[0]
    heading = text.partition("## First ")[2].partition(" {")[0]
    return [*paragraphs, title, f"First {heading}", f"lesson-{number}", f"say-{number}"]


def pack(lessons: int, words: list[str], chance: random.Random) -> Pack:
    """A course in English: 50 lessons to a module, three sections of 50 words to a lesson."""
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    files = {
        "lessons/big/course.yaml": b"id: big\ntitle: {en: Big}\nlanguages: {en: source}\naccess: open\n",
    }
    for number in range(lessons):
        folder = f"lessons/big/{number // 50 + 1}-module-{number // 50 + 1}"
        files.setdefault(f"{folder}/module.yaml", f"id: module-{number // 50 + 1}\ntitle: {{en: Module}}\n".encode())
        said = [" ".join(chance.choices(words, weights, k=50)) + "." for _ in range(3)]
        files[f"{folder}/{number % 50 + 1}-lesson.en.md"] = (
            f"---\nid: lesson-{number}\ntitle: Lesson {' '.join(chance.choices(words, weights, k=2))}\nminutes: 3\n"
            f"objectives:\n  say-{number}: Say what it is\n---\n\n{said[0]}\n\n"
            f"## First {said[1].split()[0]} {{#first}}\n\n{said[1]}\n\n## Second {{#second}}\n\n{said[2]}\n"
        ).encode()
    return Pack("big", files)


def searches(words: list[str], chance: random.Random) -> list[str]:
    """What readers type: of five searches one of a common word, a rarer one, two words, two in quotes, a beginning."""
    made = []
    for number in range(SEARCHES):
        one = words[int(len(words) ** chance.random())]
        other = words[int(len(words) ** chance.random())]
        common = words[chance.randrange(20)]
        made.append([common, one, f"{one} {other}", f'"{common} {words[0]}"', one[:4]][number % 5])
    return made


def measure(name: str, url: str, instance: Path, lessons: int) -> None:
    """Publish the course, change a lesson, search. Prints a line."""
    chance = random.Random(1)
    words = list(dict.fromkeys(texts(VOCABULARY, chance)))
    made = pack(lessons, words, chance)
    app = create_app(Config(root=instance, instance=instance, database_url=url, secret_key="bench"))
    app.logger.disabled = True
    with app.app_context():
        published = _seconds(lambda: _publish(made, compile_quickly))
        changed = dict(made.files)
        path = next(path for path in changed if path.endswith(".md"))
        changed[path] += b"\nOne sentence more.\n"
        again = _seconds(lambda: _publish(Pack("big", changed), one_by_one))
        if url:
            with db.engine.connect() as connection:
                connection.exec_driver_sql("ANALYZE")
        db.session.remove()
    client = app.test_client()
    client.get("/en/courses/big/search?q=warm")
    taken, cpu = [], []
    for search in searches(words, chance):
        address = f"/en/courses/big/search?q={quote(search)}"
        before = time.process_time()
        taken.append(1000 * _seconds(lambda address=address: client.get(address)))
        cpu.append(1000 * (time.process_time() - before))
    taken.sort()
    cpu.sort()
    print(
        f"{name:12}{lessons:>8} lessons{published:>9.1f} s{again:>8.2f} s"
        f"{statistics.median(taken):>9.1f}{taken[int(0.95 * len(taken))]:>9.1f}{taken[-1]:>9.1f}"
        f"{cpu[int(0.95 * len(cpu))]:>11.1f}",
        flush=True,
    )
    with app.app_context():
        db.engine.dispose()


def _publish(made: Pack, compile_all: Compile) -> None:
    prepared = actions.prepare(made, compile_all)
    with transaction():
        actions.put(prepared, by=None, note="", origin="files")


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main(lessons: int = LESSONS) -> None:
    print(f"{'':28}{'publish':>11}{'one more':>10}{'p50 ms':>9}{'p95 ms':>9}{'most':>9}{'p95 CPU ms':>11}")
    for store in (SqliteStore, PostgresStore):
        kept = store()
        instance = Path(tempfile.mkdtemp(prefix="course-bench-search-"))
        try:
            with kept.database(instance) as url:
                measure(kept.name, url, instance, lessons)
        finally:
            kept.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LESSONS)
