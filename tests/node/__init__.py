"""Tools of npm for the tests: installed when first asked for, into tests/node/node_modules."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def node_with(package: str) -> str:
    """The path of node, with `package` (one of package.json's) installed.

    Without node and npm a test is skipped and says how to get them; under CI it fails.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        _missing("node and npm are not here: install nodejs and npm (such as `apt-get install nodejs npm`)")
    elif not (HERE / "node_modules" / package).is_dir():
        words = [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(words, cwd=HERE, capture_output=True, text=True, timeout=300)
        if done.returncode:
            _missing(f"`npm install` in tests/node failed: {done.stderr[-300:]}")
    return node or ""


def _missing(why: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
