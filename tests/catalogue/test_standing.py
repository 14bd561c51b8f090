"""How files stand to what is published: what may be published, what is only behind, and what has to be merged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.catalogue.standing import Hashes, Known, standing

OLD = {"a": "1", "b": "1"}
BROWSER = {"a": "2", "b": "1"}


def known(number: int, files: Hashes, origin: str = "files") -> Known:
    return Known(number, origin, 0, files)


FILES = [known(2, BROWSER), known(1, OLD)]
BOTH = [known(2, BROWSER, "browser"), known(1, OLD)]


@pytest.mark.parametrize(
    ("files", "base", "history", "how"),
    [
        (OLD, None, [], "first"),
        (BROWSER, None, FILES, "same"),
        ({"a": "2", "b": "2"}, 2, FILES, "ahead"),
        ({"a": "1", "b": "2"}, 1, FILES, "apart"),
        (OLD, 1, FILES, "behind"),
        # Half of a pull was done: nothing here is the author's own.
        ({"a": "2"}, 1, [known(2, {"a": "2"}), known(1, {"a": "1", "b": "1"})], "same"),
        ({"a": "2", "b": "1"}, 1, [known(2, {"a": "2", "b": "2"}), known(1, OLD)], "behind"),
        # Nobody knows where the files came from.
        (OLD, None, FILES, "ahead"),
        (OLD, None, BOTH, "behind"),
        ({"a": "1", "b": "2"}, None, BOTH, "apart"),
        (OLD, None, [known(1, BROWSER, "browser")], "apart"),
        # Pulled, and then an old state was checked out: that is no wish to undo what came from the browser.
        (OLD, 2, BOTH, "behind"),
        ({"a": "1", "b": "2"}, 2, BOTH, "apart"),
        ({"a": "3", "b": "1"}, 2, BOTH, "ahead"),
        # The number is of another store, or long forgotten.
        (OLD, 9, BOTH, "behind"),
    ],
)
def test_how_files_stand(files: Hashes, base: int | None, history: list[Known], how: str) -> None:
    assert standing(files, base, history).how == how


def test_what_the_browser_did_can_be_taken_back_on_purpose() -> None:
    assert standing(OLD, 2, BOTH, take_back=True).how == "ahead"
    assert standing(OLD, 1, BOTH, take_back=True).how == "behind"


packs = st.dictionaries(st.sampled_from("abc"), st.sampled_from("12"), min_size=1)
histories = st.lists(st.tuples(packs, st.sampled_from(["files", "browser"])), min_size=1, max_size=4)


@given(packs, st.one_of(st.none(), st.integers(1, 4)), histories)
def test_files_that_may_be_published_undo_nothing_that_came_from_the_browser(
    files: Hashes, base: int | None, made: list[tuple[Hashes, str]]
) -> None:
    history = [known(len(made) - at, one, origin) for at, (one, origin) in enumerate(made)]
    stands = standing(files, base, history)
    if stands.how != "ahead":
        return
    before = next((one for one in history if one.origin == "files"), None)
    if history[0].origin == "browser" and before is not None:
        changed = {p for p in history[0].files | before.files if history[0].files.get(p) != before.files.get(p)}
        assert all(files.get(path) != before.files.get(path) for path in changed)
    assert base == history[0].number or history[0].origin == "files"
