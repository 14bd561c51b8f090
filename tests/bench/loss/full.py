"""The disk is full, or its every n-th write fails, while learners answer. Nobody restarts anything."""

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.loss.disk import Disk
from tests.bench.loss.ledger import Clients, Ledger, Verdict, compare
from tests.bench.loss.site import Site

WRITES = "write,pwrite64,fsync,fdatasync,ftruncate"


def disk_full(folder: Path, seconds: float = 3) -> tuple[Ledger, Verdict]:
    """No byte is left for some seconds, for the database and for the server's log."""
    with Disk(folder) as disk, Site(disk.place) as site:
        with Clients(site) as ledger:
            ledger.wait_for(10)
            disk.fill()
            time.sleep(seconds)
            disk.make_room()
            ledger.wait_for(20)
        return ledger, compare(site, ledger)


def writes_fail(folder: Path, error: str, every: int, seconds: float = 3) -> tuple[Ledger, Verdict]:
    """Of the workers' calls that write to the database, every n-th fails with this error, for some seconds."""
    with Site(folder) as site:
        with Clients(site) as ledger:
            ledger.wait_for(10)
            with failing(site, error, every):
                time.sleep(seconds)
            ledger.wait_for(20)
        return ledger, compare(site, ledger)


@contextmanager
def failing(site: Site, error: str, every: int) -> Iterator[None]:
    """strace holds the server's processes, and answers some of their calls itself."""
    store = site.config.instance / "course.sqlite"
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={WRITES}"]
    command += ["-e", f"inject={WRITES}:error={error}:when={every}+{every}"]
    command += [part for name in ("", "-wal") for part in ("-P", f"{store}{name}")]
    command += [part for process in site.processes() for part in ("-p", str(process))]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        yield
        assert tracer.poll() is None, tracer.stderr and tracer.stderr.read()
    finally:
        tracer.send_signal(signal.SIGINT)  # which lets go of the processes
        tracer.communicate(timeout=20)


def why_not() -> str:
    """Why calls cannot be made to fail here, or nothing."""
    if not shutil.which("strace"):
        return "needs strace (apt install strace)"
    command = ["strace", "-e", "trace=write", "-e", "inject=write:error=EIO:when=1", "true"]
    tried = subprocess.run(command, capture_output=True, text=True)
    return f"strace may not trace here: {tried.stderr.strip()[:200]}" if tried.returncode else ""
