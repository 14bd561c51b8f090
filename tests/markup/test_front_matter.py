"""Front matter is cut where its second line of `---` stands."""

from course.markup.findings import Findings
from course.markup.front_matter import Split, split


def test_both_parts_know_where_they_begin() -> None:
    findings = Findings()
    assert split("---\nid: a\ntitle: b\n---\n\nText\n", "a.md", findings) == Split("id: a\ntitle: b", 2, "\nText\n", 5)
    assert len(findings) == 0


def test_a_file_without_front_matter_is_all_body() -> None:
    assert split("Text\n---\n", "a.md", Findings()) == Split("", 1, "Text\n---\n", 1)


def test_empty_front_matter_is_empty() -> None:
    assert split("---\n---\nText", "a.md", Findings()) == Split("", 2, "Text", 3)


def test_front_matter_that_never_closes_is_found() -> None:
    findings = Findings()
    assert split("---\nid: a\n", "a.md", findings).body == ""
    assert [finding.rule for finding in findings] == ["front-matter-open"]
