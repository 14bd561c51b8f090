"""One file of a pack, compiled alone: the same bytes of the same kind always give the same."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from course.content.compiled import CompiledSource
from course.content.merge import has_marks
from course.content.paths import SourcePath
from course.markup.findings import Findings, Place

SECONDS = 10
"""The most that one file may take. Ordinary ones take some milliseconds."""


def compile_source(path: str, source: SourcePath, data: bytes) -> CompiledSource:
    """Compile the file at `path`, of the kind that `source` says. Whatever is wrong is in its findings.

    Never raises on any `data`. In a process's main thread, a file that takes too long is given up.
    """
    # Imported here: a worker that only serves what is compiled never loads Markdown.
    from course.content.sources.kinds import compile_kind

    findings = Findings()
    try:
        with _limit():
            compiled = compile_kind(path, source, data, findings)
            if source.kind not in ("picture", "attachment"):
                _check_marks(data, findings)
    except _TookTooLong:
        message = f"this file takes more than {SECONDS} s to read"
        findings.error(Place(""), "too-slow", message, "split it, or simplify its lists and brackets")
        compiled = CompiledSource(None)
    except Exception as error:
        message = f"this file cannot be read ({type(error).__name__}: {error})"[:200]
        findings.error(Place(""), "internal", message, "please report it as a fault of the engine")
        compiled = CompiledSource(None)
    return replace(compiled, findings=tuple(replace(found, place=replace(found.place, file="")) for found in findings))


def _check_marks(data: bytes, findings: Findings) -> None:
    """Find what a merge left for the author to decide."""
    for line, words in enumerate(data.decode("utf-8", "replace").split("\n"), start=1):
        if has_marks(words):
            remedy = "keep what is right of what stands between the marks, and take the marks out"
            findings.error(Place("", line), "merge-mark", "two texts were merged here and disagree", remedy)
            return


class _TookTooLong(Exception):
    """Raised by the alarm."""


@contextmanager
def _limit() -> Iterator[None]:
    """Raise `_TookTooLong` after a while. Only a main thread can have an alarm; elsewhere nothing limits."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _alarm)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _alarm(number: int, frame: FrameType | None) -> None:
    raise _TookTooLong
