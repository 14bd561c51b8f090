"""A whole lesson: sections, slots, ids, words, footnotes."""

from course.markup.document import DocumentSection, Part, Slot
from tests.markup.show import html, read, rules


def shape(text: str, *slots: tuple[int, int, str]) -> list[tuple[str, str, int, list[str]]]:
    document, findings = read(text, slots)
    assert list(findings) == []
    return [(section.id, section.title, section.line, parts(section)) for section in document.sections]


def parts(section: DocumentSection) -> list[str]:
    return [f"slot {part.key}" if isinstance(part, Slot) else part.html for part in section.parts]


def test_sections_have_id_title_and_line() -> None:
    assert shape("Lead.\n\n## A *b* {#a}\n\nText.\n## C {#c}") == [
        ("", "", 1, ["<p>Lead.</p>"]),
        ("a", "A <em>b</em>", 3, ["<p>Text.</p>"]),
        ("c", "C", 6, []),
    ]


def test_lines_count_from_where_the_body_begins() -> None:
    from course.markup.document import document
    from course.markup.findings import Findings

    assert document("## A {#a}", "a.md", 12, Findings()).sections[0].line == 12


def test_slots_stand_between_the_parts_of_their_section() -> None:
    text = "## A {#a}\n\nOne.\n\n### Q {#q type=single}\n\n- (x) a\n### R {#r type=single}\nTwo."
    assert shape(text, (5, 7, "q"), (8, 8, "r")) == [("a", "A", 1, ["<p>One.</p>", "slot q", "slot r", "<p>Two.</p>"])]


def test_a_slot_may_stand_before_the_first_section() -> None:
    assert shape("### Q {#q type=single}", (1, 1, "q")) == [("", "", 1, ["slot q"])]


def test_what_stands_in_a_slot_is_not_checked_here() -> None:
    assert shape("## A {#a}\n\n### Q\n[^x] <b> [a](http://b)\n- a", (3, 5, "q"))[0][3] == ["slot q"]


def test_an_empty_body_has_no_sections() -> None:
    document, findings = read("")
    assert (document.sections, document.notes, document.words, len(findings)) == ((), "", 0, 0)


def test_ids_and_figures_are_listed_in_reading_order() -> None:
    text = "## A {#a}\n\n### B {#b}\n\n![c](d.svg)\nFigure: E {#e}\n\n## F {#f}"
    document, _ = read(text)
    assert document.anchors == ("a", "b", "e", "f")
    assert document.figures == ("e",)


def test_text_is_the_words_of_titles_and_prose() -> None:
    document, _ = read("## A {#a}\n\nOne[^n] *two*.\n\n- three\n\n[^n]: four")
    assert document.text == "A One two. three"
    assert document.words == 4


def test_notes_are_numbered_as_they_are_met_also_in_headings_tables_and_lists() -> None:
    text = "## A {#a}\n\n- x[^c]\n\n| a | b |\n|---|---|\n| y[^b] | z[^a] |\n\n[^a]: A\n[^b]: B\n[^c]: C"
    page = html(text)
    assert [page.index(f'id="fnref-{label}"') for label in "cba"] == sorted(
        page.index(f'id="fnref-{label}"') for label in "cba"
    )
    notes = read(text)[0].notes
    assert notes.index("fn-c") < notes.index("fn-b") < notes.index("fn-a")


def test_a_note_may_have_links_figures_and_refer_to_another() -> None:
    document, findings = read("## A {#a}\n\nx[^a]\n\n[^a]: See [b](c.md)[^b].\n[^b]: B")
    assert list(findings) == []
    assert document.links[0].target == "c.md"
    assert 'href="#fn-b"' in document.notes


def test_a_reference_in_code_is_no_reference() -> None:
    assert rules("## A {#a}\n\n`[^a]` \\[^a]") == []


def test_two_quotes_with_a_blank_line_between_stay_two() -> None:
    assert html("## A {#a}\n\n> a\n\n> b").count("<blockquote>") == 2
    assert html("## A {#a}\n\n> [!TIP]\n> a\n\n> [!NOTE]\n> b").count("<aside") == 2


def test_a_figure_after_a_list_in_a_note_keeps_sections_apart() -> None:
    document, _ = read("## A {#a}\n\nx[^a]\n\n[^a]: y\n\n    - z\n\n## B {#b}\n\nText.")
    assert [section.id for section in document.sections] == ["a", "b"]
    assert isinstance(document.sections[1].parts[0], Part)
    assert "<li>z" in document.notes
