"""Messages for translators, and what they bring back: nothing else moves, and a section counts when it is whole."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.content.bringing import Brought, bring, scalar
from course.content.messages import Message, Parts, messages, parts, split_blocks
from course.markup import yaml
from course.markup.findings import Findings

ROOT = Path(__file__).parent.parent.parent
EN, FR = "lessons/demo/1-first/1-one.en.md", "lessons/demo/1-first/1-one.fr.md"
SOURCE = """\
---
id: one
title: "One: a lesson"
minutes: 3
objectives: {know-one: know one}
---

Lead.

## A part {#part}

Words.

Words.

```text
code

more code
```

<!-- a

comment -->

- a list
- of two
"""


def lesson(text: str, path: str = EN) -> Parts:
    made = parts(path, text.encode())
    assert made is not None
    return made


def translate(found: list[Message]) -> dict[tuple[str, str], str]:
    """Every message, translated by putting it in capitals, ids and code aside."""
    return {message.key: message.text.replace("ord", "ORD").replace("Lead", "LEAD") for message in found}


def test_a_file_falls_into_messages_with_their_lines() -> None:
    found = messages(lesson(SOURCE), None)
    assert [(message.context, message.line) for message in found] == [
        ("one title", 1), ("one objective know-one", 1), ("one#Top", 8), ("one#part", 10), ("one#part", 12),
        ("one#part (2)", 14), ("one#part", 16), ("one#part", 22), ("one#part", 26),
    ]  # fmt: skip
    assert found[6].text == "```text\ncode\n\nmore code\n```"
    assert found[7].text == "<!-- a\n\ncomment -->"


def test_a_new_translation_has_the_sources_form_and_says_from_what_it_was_made() -> None:
    source = lesson(SOURCE)
    brought = bring(source, None, translate(messages(source, None)))
    assert brought.open == ()
    assert brought.text is not None
    made = lesson(brought.text, FR)
    assert made.head["made_from"] == source.head["digests"]
    assert made.units["part"] == source.units["part"].replace("Words", "WORDs")
    assert made.title == "One: a lesson"


def test_too_little_makes_no_file_and_is_told() -> None:
    source = lesson(SOURCE)
    given_ = translate(messages(source, None))
    del given_["one#part (2)", "Words."]
    brought = bring(source, None, given_)
    assert brought.text is None
    assert [message.key for message in brought.open] == [("one#part (2)", "Words.")]


def translated(text: str = SOURCE) -> Parts:
    source = lesson(SOURCE)
    brought = bring(source, None, translate(messages(source, None)))
    assert brought.text is not None
    return lesson(brought.text, FR)


def test_one_message_changes_one_paragraph_and_says_nothing_of_the_section() -> None:
    changed = SOURCE.replace("Lead.", "A new lead.").replace("- a list", "- a longer list")
    source, there = lesson(changed), translated()
    brought = bring(source, there, {("one#part", "- a longer list\n- of two"): "- une liste\n- de deux"})
    assert brought.text is not None
    assert brought.text == there.text.replace("- a list\n- of two", "- une liste\n- de deux")
    assert lesson(brought.text, FR).head["made_from"] == there.head["made_from"]


def test_a_section_that_was_brought_whole_is_up_to_date() -> None:
    source, there = lesson(SOURCE.replace("Lead.", "A new lead.")), translated()
    new = {message.key: "Neu." if "lead" in message.text else message.text for message in messages(source, None)}
    brought = bring(source, there, new)
    assert brought.text is not None
    assert lesson(brought.text, FR).head["made_from"] == source.head["digests"]


def test_a_section_of_another_shape_is_one_message() -> None:
    source, there = lesson(SOURCE), translated()
    there = lesson(there.text.replace("WORDs.\n\nWORDs.", "WORDs, WORDs."), FR)
    found = [message for message in messages(source, there) if message.unit == "part"]
    assert [(message.text, message.translation) for message in found] == [(source.units["part"], there.units["part"])]
    brought = bring(source, there, {found[0].key: there.units["part"].replace("a list", "eine Liste")})
    assert brought.text is not None
    assert "eine Liste" in brought.text


@pytest.mark.parametrize("language", ["fr", "es"])
def test_what_goes_out_and_comes_back_is_the_same_file(language: str) -> None:
    for path in sorted([*(ROOT / "lessons/guide").rglob("*.en.md"), *(ROOT / "quizzes/sse").rglob("1*.en.md")]):
        name = str(path.relative_to(ROOT))
        other = name.replace(".en.md", f".{language}.md")
        source, there = parts(name, path.read_bytes()), parts(other, (ROOT / other).read_bytes())
        if source is not None and there is not None:
            brought = bring(source, there, {message.key: message.translation for message in messages(source, there)})
            assert brought.open == ()
            assert brought.text == there.text


pieces = st.sampled_from(
    ["Words.", "Other words.", "- a\n- b", "  indented", "```text\na\n\nb\n```", "> quoted", "<!-- c\n\nd -->", "### x"]
)
gaps = st.sampled_from(["\n\n", "\n\n\n", "\n  \n"])
bodies = st.lists(st.tuples(pieces, gaps), max_size=6).map(lambda all_: "".join(part + gap for part, gap in all_))


@settings(deadline=None)
@given(st.one_of(bodies, st.text(st.sampled_from("a\n `<!->~ "), max_size=40)))
def test_blocks_and_gaps_make_the_text_again(text: str) -> None:
    blocks, between = split_blocks(text)
    assert len(between) == len(blocks) + 1
    assert between[0] + "".join(block + gap for block, gap in zip(blocks, between[1:], strict=True)) == text
    assert all(block.strip() for block in blocks)


@settings(deadline=None)
@given(bodies, bodies, st.booleans())
def test_any_translation_comes_back_as_it_went_out(here: str, there: str, said: bool) -> None:
    record = "translated-from: [part@00000000]\n" if said else ""
    front = "---\nid: one\ntitle: {}\nminutes: 3\n{}---\n\nL.\n\n## P {{#part}}\n\n"
    source, other = (
        parts(EN, (front.format("One", "") + here).encode()),
        parts(FR, (front.format("Un", record) + there).encode()),
    )
    if source is None or other is None:
        return
    brought: Brought = bring(source, other, {message.key: message.translation for message in messages(source, other)})
    if said:  # its record was of an older source: now it was looked at
        assert brought.text is not None
        assert f"part@{source.head['digests']['part']}" in brought.text
        assert "".join(line for line in brought.text.splitlines(True) if "translated-from" not in line) == "".join(
            line for line in other.text.splitlines(True) if "translated-from" not in line
        )
    else:
        assert brought.text == other.text


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_title_is_read_as_it_was_written(title: str) -> None:
    title = " ".join(title.split())
    findings = Findings()
    node = yaml.load(f"title: {scalar(title)}\n", "", findings)
    control = any(not letter.isprintable() for letter in title)
    assert control or not title or (node is not None and node.value == {"title": title})
