"""What `course check` does: read every pack in a folder, and say all that is wrong."""

from collections.abc import Iterator
from pathlib import Path

from course.content.build import build
from course.content.cores import Progress, across_cores
from course.content.pack import read_packs
from course.markup.findings import Findings


def check(root: Path, progress: Progress = lambda done, total: None) -> Findings:
    """Check all packs in `root/lessons` and `root/quizzes`, on all cores. Never raises on what authors write.

    `progress` is told, for each pack, how many files are compiled of how many.
    """
    findings = Findings()
    for pack in read_packs(root, findings):
        findings.found.extend(build(pack, compile_all=across_cores(progress)).findings)
    return findings


def report(findings: Findings) -> Iterator[str]:
    """The findings as lines, sorted by place: `file:line:column: what is wrong; how to mend it`."""
    for finding in findings:
        yield _one_line(str(finding))


def _one_line(text: str) -> str:
    """What authors wrote is quoted in findings, and must not draw on the reader's terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
