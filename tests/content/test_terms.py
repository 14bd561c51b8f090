"""Glossary terms are linked as a careful editor would: the first use, the whole word, and only in prose."""

import pytest

from course.content.model import Term
from course.content.terms import Marker
from course.markup.html import Html

TERMS = (
    Term("sse", "social and solidarity economy", Html(""), ("social and solidarity economy", "SSE")),
    Term("economy", "economy", Html(""), ("economy", "economies")),
    Term("mutual", "l'entraide", Html(""), ("l'entraide",)),
    Term("rd", "R&D", Html(""), ("R&D",)),
    Term("water", "الماء", Html(""), ("الماء",)),
)


def mark(*texts: str) -> str:
    marker = Marker(TERMS, lambda term: f"#{term}")
    return "|".join(marker.mark(Html(text)) for text in texts)


def linked(term: str, words: str) -> str:
    return f'<a class="term" href="#{term}" data-term="{term}">{words}</a>'


def test_the_longest_form_wins() -> None:
    text = mark("<p>The social and solidarity economy is an economy.</p>")
    assert text == f"<p>The {linked('sse', 'social and solidarity economy')} is an {linked('economy', 'economy')}.</p>"


def test_only_the_first_use_on_a_page_is_linked_whatever_its_form() -> None:
    assert mark("<p>SSE</p>", "<p>SSE and social and solidarity economies</p>") == (
        f"<p>{linked('sse', 'SSE')}</p>|<p>SSE and social and solidarity {linked('economy', 'economies')}</p>"
    )


def test_capital_letters_and_line_breaks_do_not_matter() -> None:
    assert linked("sse", "Social and\nsolidarity  Economy") in mark("<p>Social and\nsolidarity  Economy</p>")


def test_a_part_of_a_word_is_no_use() -> None:
    assert "<a" not in mark("<p>Economyx, bioeconomy, SSEs</p>")


def test_apostrophes_of_all_shapes_are_one() -> None:
    assert linked("mutual", "L’entraide") in mark("<p>L’entraide.</p>")


def test_characters_that_html_escapes_are_found() -> None:
    assert linked("rd", "R&amp;D") in mark("<p>Money for R&amp;D here</p>")


def test_other_scripts_have_words_too() -> None:
    assert linked("water", "الماء") in mark("<p>شرب الماء.</p>")


@pytest.mark.parametrize(
    "html",
    [
        "<h3>Economy</h3>",
        '<p><a href="/x">the <em>economy</em></a></p>',
        "<pre><code>economy</code></pre>",
        "<p><code>economy</code></p>",
        '<figure><svg viewBox="0 0 1 1"><text>economy</text></svg><figcaption>economy</figcaption></figure>',
        '<p title="economy"><img alt="the economy > x" src="/economy"></p>',
    ],
)
def test_headings_links_code_and_pictures_stay_as_they_are(html: str) -> None:
    assert mark(html) == html


def test_after_a_quiet_element_words_count_again() -> None:
    assert mark("<p><code>a<br>b</code> economy</p>") == f"<p><code>a<br>b</code> {linked('economy', 'economy')}</p>"
