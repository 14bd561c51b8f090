"""How long it takes to publish one changed lesson in a very large course, from a warm store."""

import time
from pathlib import Path

from course.catalogue.folder import publish_folder
from tests.bench.prepare import Bench

COURSE = "large"


def one_changed_lesson(bench: Bench, lessons: int) -> tuple[float, float]:
    """Seconds to publish all lessons for the first time, and to publish again with one of them changed."""
    root = bench.config.instance / "large"
    changed = _write(root, lessons)
    with bench.app.app_context():
        first = _timed(root)
        changed.write_text(changed.read_text() + "\nOne more sentence.\n")
        return first, _timed(root)


def _timed(root: Path) -> float:
    from course.catalogue.cli import with_progress

    start = time.perf_counter()
    outcomes = list(publish_folder(root, with_progress))
    assert all(outcome.number is not None for outcome in outcomes), outcomes
    return time.perf_counter() - start


def _write(root: Path, lessons: int) -> Path:
    """A course of 100 lessons a module. Returns one of its lessons."""
    home = root / "lessons" / COURSE
    home.mkdir(parents=True)
    (root / "quizzes").mkdir()
    home.joinpath("course.yaml").write_text(
        f"id: {COURSE}\ntitle: {{en: Large}}\nlanguages: {{en: source}}\naccess: open\n"
        "complete when: {lessons: all}\n"
    )
    for number in range(lessons):
        module = home / f"{number // 100 + 1}-module"
        if number % 100 == 0:
            module.mkdir()
            (module / "module.yaml").write_text(f"id: module-{number // 100 + 1}\ntitle: {{en: Module}}\n")
        path = module / f"{number % 100 + 1}-lesson.en.md"
        path.write_text(_lesson(number))
    return path


def _lesson(number: int) -> str:
    sentence = f"Members of cooperative {number} decide together what to do with what they earn. "
    return (
        f"---\nid: lesson-{number}\ntitle: Lesson {number}\nminutes: 3\n"
        f"objectives:\n  say-{number}: Say what it is\n---\n\n{sentence * 4}\n\n"
        f"## First {{#first}}\n\n{sentence * 6}\n\n## Second {{#second}}\n\n- {sentence}\n- {sentence}\n"
    )
