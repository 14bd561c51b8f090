"""Which publication a folder came from, in `folders.json` of the instance folder.

Kept there and not in the folder itself: packs may be read-only, several installations may serve one folder, and a
checkout must not bring an old answer with it. Lost, it is made up for with care (`standing`).
"""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

NAME = "folders.json"


def base(instance: Path, root: Path, course: str, born: int) -> int | None:
    """The number of the publication that `course` in `root` came from; None where that is not known.

    `born` tells a course from one of the same name in a store that was set up anew: the time of its first publication.
    """
    kept = _kept(instance).get(_key(instance, root, course))
    if not isinstance(kept, dict) or kept.get("born") != born:
        return None
    number = kept.get("publication")
    return number if isinstance(number, int) else None


def remember(instance: Path, root: Path, course: str, born: int, number: int) -> None:
    """Remember that the folder is at publication `number`."""
    kept = _kept(instance)
    now = {"born": born, "publication": number}
    if kept.get(_key(instance, root, course)) == now:
        return
    kept[_key(instance, root, course)] = now
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=instance, prefix="folders-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(kept, file, indent=1, sort_keys=True)
    os.replace(made, instance / NAME)


def _kept(instance: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        kept = json.loads((instance / NAME).read_text("utf-8"))
        if isinstance(kept, dict):
            return kept
    return {}


def _key(instance: Path, root: Path, course: str) -> str:
    """Relative, so that a copy of a whole working folder knows it too."""
    return f"{os.path.relpath(root.resolve(), instance.resolve().parent)}:{course}"
