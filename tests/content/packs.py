"""The pack `tiny` in memory, to be spoilt one file at a time."""

from pathlib import Path

from course.content.build import Built, build
from course.content.pack import Pack
from course.markup.findings import Finding

TINY = Path(__file__).parent.parent / "packs" / "tiny"
FIRST = "lessons/tiny/1-first"
WATER = f"{FIRST}/1-water.en.md"
WATER_FR = f"{FIRST}/1-water.fr.md"
BREAD = f"{FIRST}/2-bread.en.md"
COURSE = "lessons/tiny/course.yaml"
BASICS = "quizzes/tiny/1-basics.en.md"
BASICS_FR = "quizzes/tiny/1-basics.fr.md"

Files = dict[str, bytes]


def tiny() -> Files:
    """The files of the good pack, by path."""
    return {str(path.relative_to(TINY)): path.read_bytes() for path in sorted(TINY.rglob("*")) if path.is_file()}


def replaced(files: Files, path: str, old: str, new: str) -> Files:
    """The files, with every `old` in one of them replaced."""
    text = files[path].decode()
    assert old in text
    return {**files, path: text.replace(old, new).encode()}


def without(files: Files, *paths: str) -> Files:
    return {path: data for path, data in files.items() if path not in paths}


def built(files: Files) -> Built:
    return build(Pack("tiny", files))


def errors(files: Files) -> tuple[Finding, ...]:
    return built(files).errors
