"""A course to be read without a connection: three lessons with a question each, a picture, two quizzes."""

from pathlib import Path

from tests.catalogue.draft import Draft
from tests.conftest import PACKS

PICTURE = PACKS / "tiny/lessons/tiny/1-first/figures/loaf.png"


def write(root: Path, **texts: str) -> Path:
    """Write the course `demo` under a root. `texts` are what its lessons say."""
    shown = {"one": "Words of one.\n\n![A loaf](figures/loaf.png)", **texts}
    draft = Draft(quizzes={"first": "basics", "second": "timed"}, texts=shown, languages=("en", "fr"))
    for path, text in draft.files().items():
        timed = text.replace("pass: 50%\n", "pass: 50%\ntime limit: 10 min\n") if "timed" in path else text
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(timed, "utf-8")
    figures = root / "lessons/demo/1-first/figures"
    figures.mkdir(exist_ok=True)
    (figures / PICTURE.name).write_bytes(PICTURE.read_bytes())
    return root
