"""`course serve --watch`: what is saved in the files is published at once, and the open page follows.

A process beside the workers looks at the files and publishes; it writes down what became of them, and the pages ask
for that (`views.py`). With an error in a course its last good publication stays, and the page shows the error.
"""

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from flask import Flask

from course.catalogue.cli import told
from course.catalogue.folder import Outcome, publish_folder
from course.content.pack import FOLDERS
from course.content.paths import is_ignored
from course.db import db

NAME = "watch.json"
SECONDS = 0.3
"""Between two looks. A file counts as saved when nothing has changed from one look to the next."""

Snapshot = dict[str, tuple[int, int]]


class State(TypedDict):
    """`published` changes with every publication; `lines` say what keeps a course from being published."""

    published: str
    lines: list[str]


def watch(app: Flask, stop: threading.Event) -> None:
    """Publish whenever something was saved, until `stop`."""
    config = app.config["COURSE"]
    done: Snapshot | None = None
    before = snapshot(config.root)
    while not stop.wait(SECONDS):
        now = snapshot(config.root)
        if now == before and now != done:
            with app.app_context():
                try:
                    write(config.instance, publish(config.root, read(config.instance)))
                    done = now
                except Exception as error:  # the store may be away for a while; the next look tries again
                    print(f"Not published: {type(error).__name__}: {error}"[:300], flush=True)
                finally:
                    db.session.remove()
        before = now


def snapshot(root: Path) -> Snapshot:
    """The files of all packs, with what tells that one was written: its time and its size."""
    return {path: (status.st_mtime_ns, status.st_size) for path, status in _files(root)}


def publish(root: Path, state: State) -> State:
    """Publish what is in the folder, and tell it on the terminal, too."""
    outcomes = [told(outcome) for outcome in publish_folder(root) if _has_news(outcome)]
    new = any(outcome.number is not None for outcome in outcomes)
    lines = [line for outcome in outcomes if outcome.refused for line in _lines(outcome)]
    return {"published": str(time.time_ns()) if new else state["published"], "lines": lines}


def _has_news(outcome: Outcome) -> bool:
    return bool(outcome.refused) or outcome.number is not None


def _lines(outcome: Outcome) -> list[str]:
    errors = [str(finding) for finding in outcome.findings if finding.severity == "error"]
    return errors or [f"{outcome.course}: {outcome.refused}"]


def read(instance: Path) -> State:
    """What was written last."""
    try:
        kept: State = json.loads((instance / NAME).read_text("utf-8"))
        return kept
    except (OSError, ValueError):
        return {"published": "", "lines": []}


def write(instance: Path, state: State) -> None:
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = instance / f"{NAME}.new"
    made.write_text(json.dumps(state), "utf-8")
    os.replace(made, instance / NAME)


def _files(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    for folder in FOLDERS:
        for where, inside, names in os.walk(root / folder):
            inside[:] = [name for name in inside if not is_ignored(name)]
            for name in filter(lambda name: not is_ignored(name), names):
                path = os.path.join(where, name)
                try:
                    yield path, os.stat(path, follow_symlinks=False)
                except OSError:
                    continue  # an editor that saves by renaming: the next look sees what came of it
