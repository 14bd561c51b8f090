"""Differences of texts and of pages: what came and what went, and nothing else."""

import re

from hypothesis import given
from hypothesis import strategies as st

from course.authoring.differences import counted, differences
from course.authoring.rendered import marked

lines = st.lists(st.sampled_from(["one two three", "one too three", "", "four", "<b>&"]), max_size=8)
TAG = re.compile(r"<[^>]*>")


def test_the_words_that_changed_in_a_line_are_marked() -> None:
    found = differences("a\nThe share is ten percent.\nz\n", "a\nThe share is twelve percent.\nz\n")
    assert [line.kind for line in found] == ["same", "gone", "new", "same"]
    assert found[1].parts == ((False, "The share is "), (True, "ten"), (False, " percent."))
    assert found[2].parts == ((False, "The share is "), (True, "twelve"), (False, " percent."))
    assert (found[1].before, found[2].after) == (2, 2)


@given(lines, lines)
def test_the_lines_say_how_one_text_becomes_the_other(old: list[str], new: list[str]) -> None:
    found = differences("\n".join(old), "\n".join(new))
    plus, minus = counted(found)
    assert len("\n".join(old).splitlines()) - minus + plus == len("\n".join(new).splitlines())
    assert bool(found) == ("\n".join(old).splitlines() != "\n".join(new).splitlines())
    for line in found:
        if line.kind in ("same", "new"):
            assert "".join(words for _, words in line.parts) == "\n".join(new).splitlines()[line.after - 1]


def test_a_page_has_new_words_underlined_and_old_ones_struck_through() -> None:
    before = "<section><h2>Aims</h2><p>Ten percent &amp; more.</p></section>"
    after = "<section><h2>Aims</h2><p>Twelve percent &amp; more.</p><ul><li>New</li></ul></section>"
    assert marked(before, after) == (
        "<section><h2>Aims</h2><p><del>Ten</del> <ins>Twelve</ins> percent &amp; more.</p>"
        "<ul><li><ins>New</ins></li></ul></section>"
    )


def test_what_is_gone_is_shown_where_words_can_stand() -> None:
    found = marked("<ul><li>one</li><li>two</li></ul><p>End</p>", "<ul><li>one</li></ul><p>End</p>")
    assert found == "<ul><li>one<del>two</del> </li></ul><p>End</p>"


blocks = st.lists(
    st.sampled_from(["<p>a b</p>", "<ul><li>c</li></ul>", "<p>a <b>d</b></p>", "<h2>&lt;</h2>"]), max_size=5
)


@given(blocks, blocks)
def test_the_page_keeps_its_own_tags_whatever_changed(old: list[str], new: list[str]) -> None:
    found = marked("".join(old), "".join(new))
    own = [tag for tag in TAG.findall(found) if tag not in ("<ins>", "</ins>", "<del>", "</del>")]
    assert own == TAG.findall("".join(new))
