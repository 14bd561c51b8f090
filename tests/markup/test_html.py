"""The words of rendered HTML."""

import pytest

from course.markup.html import Html, plain


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", ""),
        ("<p>One</p><p>two</p>", "One two"),
        ("<p>H<sub>2</sub>O &amp; a<em>b</em>c</p>", "H2O & abc"),
        ('<p>Fact<sup class="note-ref" id="fnref-a"><a href="#fn-a">1</a></sup>.</p>', "Fact."),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "a b"),
        ("<figure><svg><text>a</text></svg><ol><li>a</li></ol></figure>", "a"),
        ("a<br>b", "a b"),
        ("<code>&lt;b&gt;</code>", "<b>"),
    ],
)
def test_the_words_are_those_that_are_read_aloud(html: str, words: str) -> None:
    assert plain(Html(html)) == words
