"""Files that would keep a machine busy or fill its memory are refused in about a second, by the real command."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

MOST_MEMORY = 64_000
"""Kilobytes, of the whole process."""

ENTITIES = "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
BOMB = f'<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]><quiz><question type="essay">&j;</question></quiz>'
OUTSIDE = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question type="essay">&x;</question></quiz>'
MANY = "<quiz>" + "<question/>" * 900_000 + "</quiz>"
MEASURED = """
import resource, sys
from pathlib import Path
from course.cli import main

try:
    main(sys.argv[1:])
finally:
    status = Path("/proc/self/status")  # `ru_maxrss` would count the parent's memory, too.
    lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0"]
    print(next(line.split()[1] for line in lines if line.startswith("VmHWM")), sum(resource.getrusage(0)[:2]))
"""


def hostile() -> Iterator[tuple[str, str, bytes, str]]:
    """Name, format, content, and a word of the refusal."""
    yield "entities", "moodle-xml", BOMB.encode(), "entities"
    yield "a file of the server", "moodle-xml", OUTSIDE.encode(), "entities"
    yield "a million questions", "moodle-xml", MANY.encode(), "questions"
    yield "nested deep", "moodle-xml", b"<quiz>" + b"<a>" * 1_000_000, "levels deep"
    yield "countless elements", "moodle-xml", b'<quiz><question type="essay">' + b"<a/>" * 2_400_000, "too much"
    yield "a long name", "moodle-xml", b"<" + b"a" * 9_900_000, "XML"
    yield "one long text", "moodle-xml", b"<quiz><question><x>" + b"a" * 9_900_000, "XML"
    yield "100 MB", "moodle-xml", b"", "MB"
    yield "UTF-16", "moodle-xml", "<quiz/>".encode("utf-16"), "UTF-8"
    yield "Latin 1", "moodle-xml", b'<?xml version="1.0" encoding="iso-8859-1"?><quiz>\xe9</quiz>', "UTF-8"
    yield "a lie about UTF-8", "moodle-xml", b"<quiz>\xe9</quiz>", "XML"
    yield "another XML", "moodle-xml", b"<html><body/></html>", "Moodle XML"
    yield "no XML", "moodle-xml", b"\x89PNG\r\n", "XML"
    yield "nothing", "moodle-xml", b"", "XML"
    yield "a million questions in GIFT", "gift", b"a{}\n\n" * 390_000, "questions"
    yield "100 MB of GIFT", "gift", b"", "MB"
    yield "GIFT in Latin 1", "gift", b"caf\xe9 {}\n", "UTF-8"
    yield "GIFT with zero bytes", "gift", b"a\0{}\n", "zero"


@pytest.mark.parametrize(("name", "kind", "data", "word"), [pytest.param(*one, id=one[0]) for one in hostile()])
def test_a_hostile_file_is_refused_soon_and_without_much_memory(
    name: str, kind: str, data: bytes, word: str, tmp_path: Path
) -> None:
    file = tmp_path / "bank"
    file.write_bytes(data)
    if "100 MB" in name:
        with file.open("wb") as large:
            large.truncate(100_000_000)
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "import", kind, str(file), str(tmp_path / "1-x.en.md")],
        capture_output=True,
        text=True,
        timeout=60,
    )
    memory, seconds = done.stdout.split()[-2:]
    assert done.returncode == 1
    assert word in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "1-x.en.md").exists()
    assert int(memory) < MOST_MEMORY
    assert float(seconds) < 2.5, f"{seconds} s of processor time, {time.monotonic() - started:.1f} s on the clock"
