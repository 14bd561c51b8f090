"""What is published can be found, by those who may read it, in their language; and nothing else can."""

import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import func, select, text

from course.catalogue import actions, queries
from course.catalogue.indexing import index
from course.catalogue.search import actions as writing
from course.catalogue.search.models import SearchSection, SearchSource
from course.content.pack import Pack, read_pack
from course.db import db as database
from course.db import transaction
from course.learning.reading.actions import enrol
from tests.catalogue.conftest import Publish
from tests.catalogue.draft import Draft
from tests.catalogue.search.conftest import Search
from tests.web.visit import Visit, add

TINY = Path(__file__).parents[2] / "packs" / "tiny"
DEMO = "/en/courses/demo/"


def indexed() -> dict[str, int]:
    """The rows of the index, by lesson."""
    query = select(SearchSource.lesson, func.min(SearchSection.id)).join(
        SearchSection, SearchSection.source_id == SearchSource.id
    )
    return dict(map(tuple, database.session.execute(query.group_by(SearchSource.lesson))))


def test_a_hit_leads_to_the_section_in_which_the_words_stand(publish: Publish, search: Search) -> None:
    publish(Draft(texts={"one": "About turbines.\n\n## Wind {#wind}\n\nTurbines turn in the breeze."}))
    assert search("breeze", course="demo") == [DEMO + "one/#wind"]
    assert set(search("turbine", course="demo")) == {DEMO + "one/", DEMO + "one/#wind"}
    assert search("lesson one", course="demo") == [DEMO + "one/"]
    assert search("know two", course="demo") == [DEMO + "two/"]


def test_words_in_a_heading_come_first(publish: Publish, search: Search) -> None:
    publish(Draft(texts={"one": "Wind, wind and wind.", "two": "Text.\n\n## The wind {#wind}\n\nIt blows."}))
    assert search("wind", course="demo") == [DEMO + "two/#wind", DEMO + "one/"]


def test_all_words_are_needed_and_where_that_gives_nothing_some(
    publish: Publish, search: Search, client: FlaskClient
) -> None:
    publish(Draft(texts={"one": "Sun and wind.", "two": "Sun and water."}))
    assert search("sun water", course="demo") == [DEMO + "two/"]
    assert search("water wind sun", course="demo") == [DEMO + "one/", DEMO + "two/"]
    assert "No place has all of these words" in client.get(DEMO + "search?q=water+wind").text


def test_words_in_quotes_are_found_as_they_stand_together(publish: Publish, search: Search) -> None:
    publish(
        Draft(texts={"one": "The social economy.", "two": "Economy and social aims.", "three": "Social economies."})
    )
    assert search('"social economy"', course="demo") == [DEMO + "one/"]
    assert len(search("social economy", course="demo")) == 3
    assert search("“Social Economy”", course="demo") == [DEMO + "one/"]


def test_questions_and_quizzes_cannot_be_found(publish: Publish, search: Search) -> None:
    publish(Draft())
    for hidden in ("indeed", "Is it so", "basics", '"as the lesson says"', "true"):
        assert not [url for url in search(hidden, course="demo") if hidden != "Is it so"], hidden
    stored = " ".join(database.session.scalars(select(SearchSection.title + " " + SearchSection.text)))
    assert "Indeed" not in stored
    assert "Is it so" not in stored


def test_no_word_of_the_shipped_questions_is_in_the_index(publish: Publish) -> None:
    pack = read_pack(TINY, "tiny")
    publish(pack)
    stored = " ".join(database.session.scalars(select(SearchSection.text)))
    quizzes = [body.decode() for path, body in pack.files.items() if path.startswith("quizzes/")]
    feedback = [line.strip(" >") for body in quizzes for line in body.splitlines() if line.lstrip().startswith(">")]
    assert feedback
    assert not [line for line in feedback if len(line) > 10 and line in stored]


def test_terms_are_found_by_their_forms_and_lead_to_the_glossary(publish: Publish, search: Search) -> None:
    publish(read_pack(TINY, "tiny"))
    for language in ("en", "fr"):
        for term in queries.glossary(queries.published("tiny"), language).terms:
            for form in term.forms:
                assert f"/{language}/courses/tiny/glossary/#{term.id}" in search(form, language, "tiny")


def test_readers_find_words_of_their_language_and_of_the_source_where_it_is_not_translated(
    publish: Publish, search: Search
) -> None:
    draft = Draft(languages=("en", "fr"))
    files = {path: body.replace("fr: complete", "fr: partial") for path, body in draft.files().items()}
    del files["lessons/demo/1-first/2-two.fr.md"]
    files["lessons/demo/1-first/1-one.fr.md"] = files["lessons/demo/1-first/1-one.fr.md"].replace(
        "Words of one.", "L’économie des coopératives."
    )
    files["lessons/demo/1-first/2-two.en.md"] += "\n## Economies {#more}\n\nOf wind.\n"
    publish(Pack("demo", {path: body.encode() for path, body in files.items()}))
    assert search("cooperative economie", "fr", "demo") == ["/fr/courses/demo/one/"]
    assert search("winds", "fr", "demo") == ["/fr/courses/demo/two/#more"]
    assert search("coopératives", "en", "demo") == []
    assert search("winds", "es", "demo") == ["/es/courses/demo/two/#more"]
    english = files["lessons/demo/1-first/2-two.en.md"]
    files["lessons/demo/1-first/2-two.fr.md"] = english.replace("Of wind.", "Du vent.")
    publish(Pack("demo", {path: body.encode() for path, body in files.items()}))
    assert search("winds", "fr", "demo") == []
    assert search("winds", "en", "demo") == ["/en/courses/demo/two/#more"]


def test_nothing_found_says_so_and_where_else_there_is_something(publish: Publish, client: FlaskClient) -> None:
    publish(read_pack(TINY, "tiny"))
    page = client.get("/en/courses/tiny/search?q=" + quote("zanzibar <b>")).text
    assert "Nothing was found for “zanzibar &lt;b&gt;”" in page
    assert 'href="/en/search?q=zanzibar+%3Cb%3E"' in page
    french = queries.glossary(queries.published("tiny"), "fr").terms[0].term
    there = client.get("/en/courses/tiny/search?q=" + quote(french)).text
    assert "There are places in Français." in there


def test_one_changed_lesson_is_indexed_anew_and_no_other(publish: Publish, search: Search) -> None:
    publish(Draft())
    before = indexed()
    publish(Draft(texts={"two": "Quite another matter."}))
    after = indexed()
    assert {lesson for lesson in after if after[lesson] != before[lesson]} == {"two"}
    assert search("matter", course="demo") == [DEMO + "two/"]
    assert search('"words of two"', course="demo") == []


def test_what_is_taken_out_is_gone_and_an_older_state_comes_back(publish: Publish, search: Search) -> None:
    publish(Draft())
    publish(Draft(retired=["three", "second"], modules={"first": ["one", "two"]}))
    assert search('"words of three"', course="demo") == []
    publish(Draft())
    assert search('"words of three"', course="demo") == [DEMO + "three/"]


def test_what_was_published_before_there_was_an_index_is_indexed_at_the_next_start(
    publish: Publish, search: Search
) -> None:
    publish(Draft())
    with transaction():
        database.session.execute(text("DELETE FROM search_source"))
    assert search("words", course="demo") == []
    index()
    assert search('"words of three"', course="demo") == [DEMO + "three/"]
    before = indexed()
    index()
    assert indexed() == before


def test_instances_that_start_at_once_index_what_was_published_together(app: Flask, publish: Publish) -> None:
    publish(Draft())
    before, rows = indexed(), database.session.scalar(select(func.count()).select_from(SearchSection))
    with transaction():
        database.session.execute(text("DELETE FROM search_source"))
    ready, failed = threading.Barrier(3), []

    def prepared(*given: Any) -> writing.Update:
        made = prepare(*given)
        database.session.rollback()
        ready.wait(20)
        return made

    def start() -> None:
        with app.app_context():
            try:
                index()
            except Exception as error:
                failed.append(error)
            database.session.remove()

    prepare = writing.prepare
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "prepare", prepared)
        threads = [threading.Thread(target=start) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert failed == []
    database.session.rollback()
    assert indexed().keys() == before.keys()
    assert database.session.scalar(select(func.count()).select_from(SearchSection)) == rows


def test_a_course_that_is_not_open_is_found_by_those_who_joined_it_only(
    app: Flask, client: FlaskClient, search: Search
) -> None:
    add(app, "bob@example.org")
    ada = add(app, "ada@example.org")
    with app.app_context(), transaction():
        draft = Draft(access="enrolled", texts={"one": "A secret handshake."})
        actions.publish(draft.pack(), by=None, note="", origin="files")
        enrol(ada, queries.published("demo"), 1)
    assert search("handshake") == []
    assert client.get(DEMO + "search?q=handshake").status_code == 303
    for who, found in (("bob@example.org", False), ("ada@example.org", True)):
        visit = Visit(app)
        visit.sign_in(who)
        assert (DEMO + "one/" in visit.get("/en/search?q=handshake").text) is found
        assert visit.get(DEMO + "search?q=handshake").status_code == (200 if found else 403)


HOSTILE = [
    '"', "'", "a OR", "NOT", "words:*", "NEAR(a b, 2)", "{words}: a", "^a", "a*", "-a", "(", "a & | ! <-> b", "\\",
    "%", "_", "''; DROP TABLE course", "§1§en§en", "¬a ¶b", "\u202e\ufeff", "\ufffd", "x" * 5000, "a b " * 3000,
    '"' * 3000, "½ ⑴ ﷺ", "🙂", "<script>alert(1)</script>", "社会" * 2000,
]  # fmt: skip


@pytest.mark.parametrize("course", ["courses/demo/", ""])
def test_whatever_is_typed_gets_a_page(publish: Publish, client: FlaskClient, course: str) -> None:
    publish(Draft())
    for words in HOSTILE:
        reply = client.get(f"/en/{course}search?q={quote(words)}")
        assert reply.status_code == 200, words
        assert len(reply.text) < 20_000, words
        assert "<script>alert" not in reply.text
    for number in ("0", "-1", "2", "999999", "x", "٣"):
        assert client.get(f"/en/{course}search?q=words&page={number}").status_code == 200


def test_many_places_are_shown_on_pages(publish: Publish, client: FlaskClient) -> None:
    names = [f"n{number}" for number in range(25)]
    publish(Draft(modules={"first": names}, texts=dict.fromkeys(names, "Everywhere.")))
    seen = []
    address = DEMO + "search?q=everywhere"
    while address:
        page = client.get(address).text
        assert "25 places" in page, page.split("<main")[1]
        seen += page.split('class="hits"')[1].split("</ol>")[0].split('<h2><a href="')[1:]
        rest = page.split('rel="next" href="')
        address = rest[1].split('"')[0].replace("&amp;", "&") if len(rest) > 1 else ""
    assert len({one.split('"')[0] for one in seen}) == len(seen) == 25


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=some.text(max_size=40))
def test_any_text_at_all_can_be_looked_for(once: Flask, typed: str) -> None:
    reply = once.test_client().get("/en/search", query_string={"q": typed.replace("\0", "")})
    assert reply.status_code == 200


@pytest.fixture
def once(app: Flask, publish: Publish) -> Flask:
    publish(Draft())
    return app
