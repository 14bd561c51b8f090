"""What is translated one by one: its digest says whether it changed, and the record of it goes with the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.content.units import TOP, digest, digests, read_record, recorded, split_units

TEXT = "---\nid: a\ntitle: A\n---\n\nLead.\n\n## One {#one}\n\nWords.\n\n## Two {#two}\n\nMore.\n"


def test_a_file_falls_into_its_units() -> None:
    units = split_units(TEXT, {"one": 8, "two": 12}, 5)
    assert units == {TOP: "Lead.", "one": "## One {#one}\n\nWords.", "two": "## Two {#two}\n\nMore."}


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("## A title {#a}\n\nSome words here.", True),
        ("## A title {#b objective=x points=2}\nSome\nwords   here.\n\n", True),
        ("## A title\n\nSome words there.", False),
        ("## Another title {#a}\n\nSome words here.", False),
        ("## A title {#a}\n\n- [x] Some words here.", False),
    ],
)
def test_only_what_has_to_be_translated_again_changes_a_digest(other: str, same: bool) -> None:
    assert (digest(other) == digest("## A title {#a}\n\nSome words here.")) is same


def test_the_title_belongs_to_the_beginning() -> None:
    units = split_units(TEXT, {"one": 8, "two": 12}, 5)
    one, other = digests(units, ["A"]), digests(units, ["B"])
    assert [name for name in one if one[name] != other[name]] == [TOP]


records = st.dictionaries(
    st.one_of(st.just(TOP), st.from_regex(r"[a-z][a-z0-9-]{0,30}", fullmatch=True)),
    st.from_regex(r"[0-9a-f]{8}", fullmatch=True),
    max_size=20,
)


@given(records, records, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_record_is_read_as_it_was_written_and_replaces_the_one_before(
    first: dict[str, str], second: dict[str, str], ends: str, before_others: bool
) -> None:
    from course.markup import yaml
    from course.markup.findings import Findings
    from course.markup.front_matter import split

    text = TEXT.replace("id: a\n", "id: a\nminutes: 3\n").replace("\n", ends)
    once = recorded(text, first)
    if before_others:
        once = once.replace(f"minutes: 3{ends}", "", 1).replace(f"{ends}---", f"{ends}minutes: 3{ends}---", 1)
    twice = recorded(once, second)
    findings = Findings()
    node = yaml.load(split(twice.replace("\r\n", "\n"), "", findings).yaml, "", findings)
    assert node is not None
    assert not list(findings)
    assert read_record(node.value.get("translated-from", [])) == second  # type: ignore[attr-defined]
    assert recorded(twice, {}).replace(f"minutes: 3{ends}", "") == text.replace(f"minutes: 3{ends}", "")
    assert recorded(twice, second) == twice


def test_without_front_matter_there_is_no_place_for_it() -> None:
    with pytest.raises(ValueError, match="no front matter"):
        recorded("# A\n", {TOP: "00000000"})
