"""Two packs become one, file by file, and every byte that anybody wrote is still somewhere."""

from hypothesis import given
from hypothesis import strategies as st

from course.content.merging import merge_packs

WORDS = {"a.md": b"one\n\ntwo\n\nthree\n"}


def test_files_that_only_one_side_touched_are_taken() -> None:
    base = {"a.md": b"1", "b.md": b"1", "c.md": b"1"}
    merged = merge_packs(
        base, {"a.md": b"2", "b.md": b"1", "c.md": b"1"}, {"a.md": b"1", "b.md": b"3", "d.md": b"4"}, "y", "p"
    )
    assert merged.files == {"a.md": b"2", "b.md": b"3", "d.md": b"4"}
    assert merged.changes == {"b.md": "changed", "c.md": "gone", "d.md": "new"}


def test_two_changes_of_one_text_are_brought_together() -> None:
    merged = merge_packs(
        WORDS, {"a.md": b"ONE\r\n\r\ntwo\r\n\r\nthree\r\n"}, {"a.md": b"one\n\ntwo\n\nTHREE\n"}, "y", "p"
    )
    assert merged.files == {"a.md": b"ONE\r\n\r\ntwo\r\n\r\nTHREE\r\n"}
    assert merged.changes == {"a.md": "merged"}


def test_a_disagreement_is_marked_and_named() -> None:
    merged = merge_packs(WORDS, {"a.md": b"mine"}, {"a.md": b"other"}, "yours", "publication 7")
    assert merged.files["a.md"] == b"<<<<<<< yours\nmine\n=======\nother\n>>>>>>> publication 7\n"
    assert merged.conflicts == ["a.md"]


def test_of_two_pictures_both_stay() -> None:
    merged = merge_packs({"p.png": b"0"}, {"p.png": b"\xff1"}, {"p.png": b"\xff2"}, "yours", "publication 7")
    assert merged.files == {"p.png": b"\xff1", "p.publication-7.png": b"\xff2"}
    assert merged.conflicts == ["p.publication-7.png"]


def test_a_file_that_one_side_deleted_and_the_other_changed_stays() -> None:
    for ours, theirs in (({}, {"a.md": b"new"}), ({"a.md": b"new"}, {})):
        merged = merge_packs(WORDS, ours, theirs, "y", "p")
        assert merged.files == {"a.md": b"new"}
        assert merged.conflicts == ["a.md"]


packs = st.dictionaries(st.sampled_from(["a.md", "b.png"]), st.sampled_from([b"", b"x\n", b"y\n", b"\xff", b"x\ny\n"]))


@given(packs, packs, packs)
def test_nothing_that_either_changed_is_lost(
    base: dict[str, bytes], ours: dict[str, bytes], theirs: dict[str, bytes]
) -> None:
    merged = merge_packs(base, ours, theirs, "y", "p")
    kept = b"\n".join(merged.files.values()).split(b"\n")
    for side in (ours, theirs):
        for path, data in side.items():
            if data != base.get(path):
                assert all(line in kept for line in data.split(b"\n") if line not in base.get(path, b"").split(b"\n"))


@given(packs, packs)
def test_whoever_changed_nothing_gets_the_other_side(base: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert merge_packs(base, base, other, "y", "p").files == other
    assert merge_packs(base, other, base, "y", "p").files == other
