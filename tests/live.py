"""A running installation for the browser tests: `course serve` itself, on a free port, with files of its own."""

import email
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from email.policy import default as mail_policy
from pathlib import Path

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Installation:
    """One `course serve` with its own instance folder. `with Installation(folder) as site: site.url`."""

    def __init__(self, instance: Path, **settings: str) -> None:
        self.instance = instance
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "COURSE_INSTANCE": str(instance),
            "COURSE_ROOT": os.environ.get("COURSE_ROOT", str(ROOT)),
            "COURSE_DEVELOPMENT": "1",
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            **settings,
        }
        self.log = instance.parent / f"{instance.name}.log"

    def __enter__(self) -> "Installation":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def command(self, *arguments: str, stdin: str = "") -> str:
        """Run `course ...` on this installation and return what it printed."""
        run = [sys.executable, "-m", "course.cli", *arguments]
        done = subprocess.run(run, input=stdin, env=self.environment, capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def start(self) -> None:
        self.instance.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "course.cli", "serve"],
                env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._wait()

    def _wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.url + "/readyz", timeout=2) as reply:
                    if reply.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{self.log.read_text()[-4000:]}")

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(5)

    def add(self, address: str, role: str = "learner", password: str = "a long enough pass phrase") -> str:
        """An account that is confirmed and active. Returns the password."""
        extra = ["--course", "sse"] if role == "trainer" else []
        self.command("user", "add", address, "--role", role, *extra, "--password-stdin", stdin=password + "\n")
        return password

    def letters(self, address: str) -> list[str]:
        """The texts of all mail to an address, oldest first."""
        found = []
        for path in sorted((self.instance / "outbox").glob("*.eml")):
            message = email.message_from_bytes(path.read_bytes(), policy=mail_policy)
            if address in str(message["To"]):
                found.append(message.get_body(("plain",)).get_content())
        return found

    def link_for(self, address: str, seconds: float = 10, having: str = "") -> str:
        """The first link with `having` in it in the newest mail to an address, waiting for its delivery."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for letter in reversed(self.letters(address)):
                if found := re.search(rf"https?://\S*{having}\S*", letter):
                    return found[0]
            time.sleep(0.1)
        raise AssertionError(f"no mail to {address}")
