"""Finds the Nu HTML checker (npm `vnu-jar`), or installs it into tests/node. Run by `make test`; imported by a test.

It needs Java to run and npm to be installed; as root on Debian both are installed, too. Without it the test of the
pages' HTML is skipped with a line that says how, but `CI=true` makes this fail.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "node"
JAR = FOLDER / "node_modules/vnu-jar/build/dist/vnu.jar"
DEBIAN = {"java": "default-jre-headless", "npm": "npm"}
HELP = "no Nu HTML checker: install Java (a JRE, 11 or newer) and npm, then run `python tests/nu.py`"


def find() -> list[str] | None:
    """The command that runs the checker, or None."""
    java = shutil.which("java")
    return [java, "-Xss8m", "-jar", str(JAR)] if java and JAR.exists() else None


def _install() -> None:
    lacking = [package for command, package in DEBIAN.items() if not shutil.which(command)]
    if lacking and shutil.which("apt-get") and os.geteuid() == 0:
        _quietly("apt-get", "update", "-q")
        _quietly("apt-get", "install", "-y", "-q", "--no-install-recommends", *lacking)
    if shutil.which("npm") and not JAR.exists():
        _quietly("npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")


def _quietly(*command: str) -> None:
    subprocess.run(command, cwd=FOLDER, check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    if find() is None:
        print("No HTML checker yet: installing it for the tests.")
        _install()
    if find():
        return 0
    print(HELP, file=sys.stderr)
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
