"""A linked page has no hole left: every link, picture and term leads where its reader's language is."""

import pytest

from course.content.build import Built
from course.content.link import Linker, key_of, with_definitions_linked
from course.content.model import LessonPage
from course.quiz.model import Question
from tests.content.packs import built, tiny


class Addresses:
    """The addresses that these tests expect, for one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def lesson(self, lesson: str, section: str, /) -> str:
        return f"/{self.language}/{lesson}/" + (f"#{section}" if section else "")

    def quiz(self, quiz: str, /) -> str:
        return f"/{self.language}/quizzes/{quiz}/"

    def asset(self, hash: str, name: str, /) -> str:
        return f"/assets/{hash[:4]}/{name}"

    def glossary(self, term: str, /) -> str:
        return f"/{self.language}/glossary#term-{term}"


@pytest.fixture(scope="module")
def pack() -> Built:
    return built(tiny())


def linker(pack: Built, language: str) -> Linker:
    assert pack.outline is not None
    return Linker(pack.outline, language, Addresses(language), lambda source: pack.compiled[key_of(source)])


def html(page: LessonPage) -> str:
    return "".join(part for section in page.sections for part in section.parts if isinstance(part, str))


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_no_hole_is_left_in_any_language(pack: Built, language: str) -> None:
    here = linker(pack, language)
    pages = [here.lesson(lesson_id) for lesson_id in ("water", "bread", "salt")]
    quizzes = [here.quiz(quiz_id) for quiz_id in ("basics", "final")]
    assert "hole:" not in repr((pages, quizzes, with_definitions_linked(here)))


def test_links_by_file_and_by_id_lead_to_the_readers_language(pack: Built) -> None:
    text = html(linker(pack, "fr").lesson("water"))
    assert 'href="/fr/bread/#oven"' in text
    assert 'href="/fr/bread/"' in text
    assert 'href="/fr/quizzes/basics/"' in text
    assert 'href="/fr/glossary#term-mill"' in text


def test_pictures_come_with_their_size(pack: Built) -> None:
    text = html(linker(pack, "en").lesson("water"))
    assert '/wheel.svg" width="120" height="80"' in text


def test_a_question_stands_where_the_author_put_it(pack: Built) -> None:
    river = linker(pack, "en").lesson("water").sections[1]
    assert [type(part) for part in river.parts] == [str, Question]
    assert isinstance(river.parts[1], Question)
    assert river.parts[1].id == "source"


def test_a_translated_question_has_what_only_the_source_says(pack: Built) -> None:
    (question,) = [part for part in linker(pack, "fr").lesson("water").sections[1].parts if isinstance(part, Question)]
    assert question.objective == "find-water"
    assert question.language == "fr"
    quiz = linker(pack, "fr").quiz("basics")
    assert quiz.rules.attempts == 3
    assert [(each.id, each.points) for each in quiz.questions] == [("turns", 2), ("minutes", 1)]
    assert '/clock.svg" width="48" height="48"' in quiz.questions[1].stem


def test_what_a_partial_language_lacks_is_shown_in_the_source_with_links_of_the_page(pack: Built) -> None:
    page = linker(pack, "ar").lesson("water")
    assert (page.language, page.title) == ("en", "Water")
    assert 'href="/ar/bread/"' in html(page)
    assert linker(pack, "ar").lesson("salt").language == "ar"
    assert linker(pack, "ar").quiz("basics").language == "en"


def test_the_first_use_of_a_term_is_linked_and_no_other(pack: Built) -> None:
    page = linker(pack, "en").lesson("water")
    text = html(page)
    assert text.count('class="term"') == 2
    assert [term.id for term in page.terms] == ["mill", "water"]
    assert '<a class="term" href="/en/glossary#term-mill" data-term="mill">mill</a>' in text


def test_a_definition_has_its_own_links(pack: Built) -> None:
    assert 'href="/fr/water/#river"' in with_definitions_linked(linker(pack, "fr"))["water"]


def test_a_page_says_its_words_for_search(pack: Built) -> None:
    page = linker(pack, "fr").lesson("water")
    assert "fait tourner le moulin" in page.text
    assert "<" not in page.text
