"""A file is compiled alone, whatever it holds, and not for ever."""

import pytest

from course.content import compile as compiler
from course.content.compile import compile_source
from course.content.compiled import dump, load, source_key
from course.content.pack import Pack
from course.content.paths import SourcePath, classify
from tests.content.packs import WATER, built, tiny


def source_of(path: str) -> SourcePath:
    source = classify(path)
    assert source is not None
    return source


def test_the_same_bytes_compile_to_the_same_bytes() -> None:
    for path, data in tiny().items():
        once, twice = (dump(compile_source(path, source_of(path), data)) for _ in range(2))
        assert once == twice
        assert dump(load(once)) == once


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler, "SECONDS", 0.001)
    data = tiny()[WATER] + b"\n\nA paragraph with **words** and [links](lesson:water).\n" * 2000
    assert [found.rule for found in compile_source(WATER, source_of(WATER), data).findings] == ["too-slow"]
    outcome = built({**tiny(), WATER: data})
    assert "too-slow" in {found.rule for found in outcome.errors}
    assert outcome.compiled.keys().isdisjoint({source_key(source_of(WATER), Pack("tiny", {WATER: data}).hashes[WATER])})


def test_a_key_tells_files_apart_by_bytes_kind_and_language() -> None:
    paths = [WATER, WATER.replace(".en.", ".fr."), "quizzes/tiny/1-x.en.md", "lessons/tiny/files/x.pdf"]
    keys = {source_key(source_of(path), digest) for path in paths for digest in ("a", "b")}
    assert len(keys) == 8


@pytest.mark.parametrize(
    ("path", "kind", "language"),
    [
        ("lessons/sse/course.yaml", "course", ""),
        ("lessons/sse/1-understanding/module.yaml", "module", ""),
        ("lessons/sse/1-understanding/10-why.pt-BR.md", "lesson", "pt-BR"),
        ("lessons/sse/glossary.zh-Hant.md", "glossary", "zh-Hant"),
        ("quizzes/sse/1-understanding.en.md", "quiz", "en"),
        ("quizzes/sse/figures/x.svg", "picture", ""),
        ("lessons/sse/1-understanding/figures/deep/x.JPG", "picture", ""),
        ("lessons/sse/files/form.pdf", "attachment", ""),
    ],
)
def test_a_path_tells_what_a_file_is(path: str, kind: str, language: str) -> None:
    assert (source_of(path).kind, source_of(path).language) == (kind, language)


@pytest.mark.parametrize(
    "path",
    [
        "lessons/sse/why.en.md",
        "lessons/sse/1-understanding/why.en.md",
        "lessons/sse/1-understanding/1-why.md",
        "lessons/sse/1-understanding/1-why.english.md",
        "lessons/sse/1-understanding/figures/x.exe",
        "lessons/sse/1-understanding/figures/x",
        "lessons/sse/x.png",
        "lessons/sse/figures/../../../x.png",
        "other/sse/course.yaml",
    ],
)
def test_a_path_that_no_pack_has_is_nothing(path: str) -> None:
    assert classify(path) is None
