"""The three-way merge: what only one changed counts, what both changed differently is marked, nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from course.content.merge import has_marks, merge

BASE = "one\ntwo\nthree\nfour\nfive\n"
texts = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n", "\n", "é\u2028x\n"]), max_size=12).map("".join)
loose = st.tuples(texts, st.sampled_from(["", "end"])).map("".join)


def test_changes_in_different_places_come_together() -> None:
    found = merge(BASE, BASE.replace("two", "TWO"), BASE.replace("four", "FOUR"))
    assert (found.text, found.conflicts) == ("one\nTWO\nthree\nFOUR\nfive\n", 0)


def test_what_one_added_and_the_other_took_away_come_together() -> None:
    found = merge(BASE, "zero\n" + BASE, BASE.replace("five\n", ""))
    assert (found.text, found.conflicts) == ("zero\none\ntwo\nthree\nfour\n", 0)


def test_the_same_change_on_both_sides_is_no_disagreement() -> None:
    changed = BASE.replace("three", "3")
    assert merge(BASE, changed, changed) == merge(changed, changed, changed)


def test_a_disagreement_has_both_texts_between_the_standard_marks() -> None:
    found = merge(BASE, BASE.replace("two", "mine"), BASE.replace("two", "theirs"), "Ann", "Ben")
    assert found.conflicts == 1
    assert found.text == "one\n<<<<<<< Ann\nmine\n=======\ntheirs\n>>>>>>> Ben\nthree\nfour\nfive\n"
    assert has_marks(found.text)
    assert not has_marks("A heading\n=======\n\n<<<<<<<\n")


def test_marks_stand_on_lines_of_their_own_even_at_the_end_of_a_file_without_a_last_line_end() -> None:
    found = merge("one", "mine", "theirs")
    assert found.text == "<<<<<<< ours\nmine\n=======\ntheirs\n>>>>>>> theirs\n"


@given(loose, loose)
def test_where_only_one_changed_anything_its_text_comes_out(base: str, other: str) -> None:
    for found in (merge(base, other, base), merge(base, base, other), merge(base, other, other)):
        assert (found.text, found.conflicts) == (other, 0)


@given(texts, texts, texts)
def test_every_line_that_somebody_wrote_is_in_what_comes_out(base: str, ours: str, theirs: str) -> None:
    lines = set(merge(base, ours, theirs).text.split("\n"))
    for text in (ours, theirs):
        assert set(text.split("\n")) - set(base.split("\n")) <= lines


@given(loose, loose, loose)
def test_who_comes_first_decides_nothing_but_the_order_between_the_marks(base: str, ours: str, theirs: str) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.conflicts == other.conflicts
    assert has_marks(one.text) == bool(one.conflicts)
    if not one.conflicts:
        assert one.text == other.text
