"""Lines that know what they are."""

import pytest

from course.markup.findings import Findings, Place
from course.markup.scan import Heading, Line, scan


def lines(text: str) -> list[Line]:
    findings = Findings()
    found = scan(text, "a.md", 1, findings)
    assert list(findings) == []
    return found


def inert(text: str) -> list[int]:
    return [line.number for line in lines(text) if line.inert]


def headings(text: str) -> list[tuple[int, str]]:
    return [(line.heading.level, line.heading.text) for line in lines(text) if line.heading]


def test_a_heading_has_level_words_id_attributes_and_place() -> None:
    found = scan("\n  ### Which *one*? {#one type=single} ", "a.md", 10, Findings())
    assert found[1].number == 11
    assert found[1].heading == Heading(3, "Which *one*?", "one", {"type": "single"}, Place("a.md", 11, 3))


def test_closing_hashes_are_decoration() -> None:
    assert headings("## A ##\n## B#\n## C # {#c}") == [(2, "A"), (2, "B#"), (2, "C #")]


@pytest.mark.parametrize("text", ["#a", "\\## a", "    ## a", "text ## a", "####### a", "> ## a", "- ## a", "a\n---"])
def test_what_is_no_heading(text: str) -> None:
    assert headings(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("```\n## a\n```\n## b", [1, 2, 3]),
        ("~~~ python\n```\n## a\n~~~~\ntext", [1, 2, 3, 4]),
        ("````\n```\n````", [1, 2, 3]),
        ("text\n\n    code\n\n    code\ntext", [3, 5]),
        ("text\n    no code", []),
        ("- a\n\n    no code", []),
        ("- a\n\ntext\n\n    code", [5]),
        ("[^a]: note\n\n    no code", []),
        ("- a\n\n    ```\n    ## b\n    ```", [3, 4, 5]),
        ("> ```\n> ## b\n> ```\n## c", [1, 2, 3]),
        ("<!-- a\n## b\n-->\n## c", [1, 2, 3]),
        ("a <!-- b\n## c\n--> d", [2]),
        ("<!-- a -->\nb", [1]),
        ("`<!--` a\n## b", []),
        ("\\<!-- a\n## b", []),
        ("``` a ``` b", []),
        ("\tcode", [1]),
    ],
)
def test_code_and_comments_are_inert(text: str, numbers: list[int]) -> None:
    assert inert(text) == numbers


def test_live_text_is_without_comments() -> None:
    assert [line.live for line in lines("a <!-- b --> c <!-- d\ne\nf --> g")] == ["a  c ", "", " g"]


def test_a_fence_knows_its_code_without_marks_and_indentation() -> None:
    fence = lines(">   ```py x\n>     a\n>   b\n> c\n>   ```")[0].fence
    assert fence is not None
    assert fence.language == "py"
    assert fence.code == ["  a", "b", "c"]
    assert fence.last == 5


def test_a_fence_ends_with_its_quote() -> None:
    findings = Findings()
    found = scan("> ```\n> a\n\n## b", "a.md", 1, findings)
    assert found[3].heading is not None
    assert [(finding.rule, finding.place) for finding in findings] == [("open-fence", Place("a.md", 1, 3))]


def test_every_line_is_given_back() -> None:
    text = "a\n\x0cb\u2028c\n\n"
    assert [line.text for line in lines(text)] == text.split("\n")
