"""Numbers as learners write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.quiz import EVERYTHING, NOTHING, read, score, view
from course.quiz.numbers import canonical, read_number, write_number
from tests.quiz.reading import question_of
from tests.quiz.templates import render

LANGUAGES = ("en", "fr", "es", "de", "de-CH", "ar", "hi", "pt-BR", "xx", "")


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("1,500", "en", "1500"),
        ("1,500", "fr", "1.5"),
        ("1,500", "es", "1.5"),
        ("1.500", "es", "1500"),
        ("1.500", "en", "1.5"),
        ("1.500", "fr", "1.5"),
        ("1 500", "fr", "1500"),
        ("1 500", "en", "1500"),
        ("1\u202f500,5", "fr", "1500.5"),
        ("1\u00a0500,5", "es", "1500.5"),
        ("1.500,5", "en", "1500.5"),
        ("1,500.5", "fr", "1500.5"),
        ("1.000.000", "en", "1000000"),
        ("1'500.5", "de-CH", "1500.5"),
        ("1’500", "fr", "1500"),
        ("1,50,000", "hi", "150000"),
        ("0,500", "en", "0.5"),
        ("12,5", "en", "12.5"),
        ("1,5000", "en", "1.5"),
        (".5", "en", "0.5"),
        ("5.", "en", "5"),
        ("+3", "en", "3"),
        ("−3,5", "fr", "-3.5"),
        ("- 3", "en", "-3"),
        ("1e3", "en", "1000"),
        ("٣٫٥", "ar", "3.5"),
        ("１０", "en", "10"),
        ("-0", "en", "0"),
    ],
)
def test_a_number_is_read_by_the_language_where_two_readings_fit(text: str, language: str, number: str) -> None:
    read_as = read_number(text, language)
    assert read_as is not None
    assert canonical(read_as) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "ten", "10 %", "1 5", "1,,5", "1.5.2", "1,50,00", "10²", "--3", "1/2", "e3", "0x10", "9" * 60, "NaN"],
)
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert read_number(text, "en") is None


@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6),
    language=st.sampled_from(LANGUAGES),
)
def test_a_number_that_was_written_reads_the_same_in_its_language(number: Decimal, language: str) -> None:
    read_back = read_number(write_number(number, language), language)
    assert read_back is not None
    assert canonical(read_back) == canonical(number)


@given(text=st.text(alphabet="0123456789., '-+eE٣％", max_size=45), language=st.sampled_from(LANGUAGES))
def test_no_text_raises(text: str, language: str) -> None:
    number = read_number(text, language)
    assert number is None or read_number(canonical(number)[:40], "en") is not None


def question_with(key: str, attributes: str = "") -> object:
    return question_of(f"## How many? {{#q{attributes}}}\n\n= {key}\n")


def test_the_page_says_how_a_number_was_read() -> None:
    question = question_of("## How many? {#q}\n\n= 1500 people\n")
    value = read(question, (), {"q1": ["1,500 People"]}, "q1", "en")
    assert value == {"number": "1500"}
    assert "Read as 1500" in render(view(question, (), value, "en", NOTHING, "q1"))
    other = read(question, (), {"q1": ["1,500"]}, "q1", "fr")
    assert other == {"number": "1.5"}
    assert "Read as 1,5<" in render(view(question, (), other, "fr", NOTHING, "q1"))


def test_what_is_no_number_is_kept_and_the_page_says_so() -> None:
    question = question_of("## How many? {#q}\n\n= 1500\n")
    value = read(question, (), {"q1": ["about a thousand"]}, "q1")
    assert value == "about a thousand"
    assert score(question, value, "en") == 0
    page = render(view(question, (), value, "fr", NOTHING, "q1"))
    assert 'value="about a thousand"' in page
    assert "such as 1234,5" in page


@pytest.mark.parametrize(("number", "earned"), [("95", 1), ("105", 1), ("94.99", 0), ("105.01", 0), ("-100", 0)])
def test_a_relative_tolerance_is_a_share_of_the_key(number: str, earned: int) -> None:
    question = question_of("## How many? {#q tolerance=5%}\n\n= 100\n")
    assert score(question, {"number": number}, "en") == earned


@pytest.mark.parametrize(("number", "earned"), [("-95", 1), ("-105", 1), ("-94", 0), ("-106", 0)])
def test_a_relative_tolerance_works_below_zero(number: str, earned: int) -> None:
    question = question_of("## How many? {#q tolerance=5%}\n\n= -100\n")
    assert score(question, {"number": number}, "en") == earned


def test_the_key_is_shown_in_the_pages_language() -> None:
    question = question_of("## How many? {#q}\n\n= 2.5..1000.5 km\n", "fr")
    page = render(view(question, (), {"number": "1"}, "fr", EVERYTHING, "q1"))
    assert "2,5–1000,5 km" in page
