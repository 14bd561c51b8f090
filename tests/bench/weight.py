"""What a first visit loads, and how much memory the workers take."""

import re
import urllib.request
from pathlib import Path

from tests.bench.prepare import Bench
from tests.bench.rows import LESSON

PARTS = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|script)[^>]* (?:href|src)="([^"#]+)"')
ACCEPTED = "gzip, deflate, br, zstd"


def first_visit(bench: Bench) -> tuple[int, int]:
    """Bytes (bodies, compressed) and requests of a lesson page with its style, script and icon, pictures aside."""
    address = f"http://127.0.0.1:{bench.config.port}"
    with urllib.request.urlopen(address + LESSON, timeout=10) as reply:
        page = reply.read().decode()
    paths = [LESSON, *sorted(set(PARTS.findall(page)))]
    return sum(_size(address + path) for path in paths), len(paths)


def _size(address: str) -> int:
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept-Encoding": ACCEPTED})) as reply:
        return len(reply.read())


def memory(bench: Bench) -> tuple[float, float]:
    """Megabytes (proportional share) of the two workers, and of all processes of `course serve`."""
    assert bench.process is not None
    family = _family(bench.process.pid)
    shares = {pid: _share(pid) for pid in family}
    # The workers are those that hold the listening socket and were forked by the server; the other child runs jobs.
    workers = sorted(family[1:], key=lambda pid: _ticks(pid))[-2:]
    return sum(shares[pid] for pid in workers), sum(shares.values())


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _share(pid: int) -> float:
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _ticks(pid: int) -> int:
    """Processor time so far: after a load, the workers have the most."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def processor_time(bench: Bench) -> float:
    """Seconds of processor time that the server has taken so far."""
    assert bench.process is not None
    return sum(_ticks(pid) for pid in _family(bench.process.pid)) / 100
