"""A file system of its own in a file, that can be filled up, and from which the power can be taken. Linux and root.

The power is cut by ext4's shutdown call without flushing (as the file system's own tests do it): from that moment
nothing more reaches the image, and what the kernel still held back is gone. Mounting it again replays its journal.
What the drive itself would hold back is not played: the image is one that keeps what it was given.
"""

import fcntl
import os
import shutil
import struct
import subprocess
from contextlib import suppress
from pathlib import Path

SHUTDOWN, WITHOUT_FLUSHING = 0x8004587D, 2
TOOLS = ("mkfs.ext4", "mount", "umount", "losetup")


class Disk:
    """`with Disk(folder) as disk: disk.place`. Raises OSError where such a thing cannot be made (see `why_not`)."""

    def __init__(self, folder: Path, megabytes: int = 192) -> None:
        self.image, self.place = folder / "disk.img", folder / "disk"
        self.ballast = self.place / "ballast"
        with self.image.open("wb") as file:
            file.truncate(megabytes * 1024 * 1024)
        self.place.mkdir()
        run("mkfs.ext4", "-q", "-F", "-m", "0", str(self.image))

    def __enter__(self) -> "Disk":
        self.mount()
        return self

    def __exit__(self, *_: object) -> None:
        run("umount", "-l", str(self.place))
        self.image.unlink()

    def mount(self) -> None:
        run("mount", "-o", "loop", str(self.image), str(self.place))

    def cut_power(self) -> None:
        """At once. What is on it can be had again after `power_on`."""
        handle = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING))
        finally:
            os.close(handle)

    def power_on(self) -> None:
        """Nobody may have a file open on it any more."""
        run("umount", str(self.place))
        self.mount()

    def fill(self) -> None:
        """Leave no room at all. Deleted files that are still open do not count, so it is done to the last byte."""
        handle = os.open(self.ballast, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for size in (1 << 20, 1 << 12, 1 << 9, 1):
            with suppress(OSError):
                while True:
                    os.write(handle, b"\0" * size)
        os.close(handle)

    def make_room(self) -> None:
        self.ballast.unlink()


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"{' '.join(command)}: {done.stderr.strip()}")


def why_not(folder: Path) -> str:
    """Why no such disk can be made here, or nothing."""
    if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
        return f"needs {', '.join(missing)}"
    if os.geteuid():
        return "needs root, to mount an image"
    try:
        with Disk(folder, 16) as disk:
            disk.cut_power()
    except OSError as error:
        return f"cannot mount an image here: {error}"
    finally:
        shutil.rmtree(folder / "disk", ignore_errors=True)
    return ""
