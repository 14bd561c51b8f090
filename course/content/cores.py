"""Compiling many files on all cores."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from course.content.compile import compile_source
from course.content.compiled import CompiledSource
from course.content.gather import Compile, Job, one_by_one
from course.markup.findings import Finding, Place

ENOUGH = 100
"""Fewer files are compiled faster than processes start."""

CHUNK = 8
SUSPECTS = 64
"""After a process died: how many of the next files get one of their own."""

Progress = Callable[[int, int], None]
"""Called with how many files are compiled, and how many there are."""


def across_cores(progress: Progress = lambda done, total: None) -> Compile:
    """A way to compile for `build`, which takes all cores where there are many files."""

    def compile_all(jobs: list[Job]) -> Iterator[CompiledSource]:
        compiled = _pooled(jobs) if len(jobs) >= ENOUGH and (os.cpu_count() or 1) > 1 else one_by_one(jobs)
        for done, source in enumerate(compiled, start=1):
            progress(done, len(jobs))
            yield source

    return compile_all


def _pooled(jobs: list[Job]) -> Iterator[CompiledSource]:
    """Large files first would be faster still; in the order given, progress is steady."""
    done = 0
    try:
        with _processes(os.cpu_count()) as pool:
            for source in pool.map(_compile, jobs, chunksize=CHUNK):
                done += 1
                yield source
    except BrokenProcessPool:
        # Either no process can start here, or one of the next files kills its process and must not kill this one.
        yield from _pooled_again(jobs[done:]) if done else one_by_one(jobs)


def _pooled_again(jobs: list[Job]) -> Iterator[CompiledSource]:
    for job in jobs[:SUSPECTS]:
        yield _alone(job)
    if len(jobs) > SUSPECTS:
        yield from _pooled(jobs[SUSPECTS:])


def _alone(job: Job) -> CompiledSource:
    try:
        with _processes(1) as pool:
            return pool.submit(_compile, job).result()
    except BrokenProcessPool:
        message, remedy = "reading this file ends the program", "please report it as a fault of the engine"
        return CompiledSource(None, findings=(Finding(Place(""), "internal", message, remedy),))


def _processes(number: int | None) -> ProcessPoolExecutor:
    """Processes that inherit nothing: a publisher's has a database open."""
    known = multiprocessing.get_all_start_methods()
    method = "forkserver" if "forkserver" in known else "spawn"
    return ProcessPoolExecutor(number, multiprocessing.get_context(method))


def _compile(job: Job) -> CompiledSource:
    return compile_source(*job)
