"""What anybody may look at, without JavaScript and without an account."""

import hashlib
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from course.catalogue import queries, store
from course.catalogue.addresses import Addresses
from course.content.pack import read_pack
from tests.catalogue.conftest import Publish
from tests.catalogue.draft import Draft

TINY = Path(__file__).parent.parent / "packs" / "tiny"


@pytest.fixture
def tiny(publish: Publish) -> None:
    publish(read_pack(TINY, "tiny"))


def test_the_catalogue_shows_every_course_in_the_readers_language(tiny: None, client: FlaskClient) -> None:
    assert "A tiny course" in client.get("/en/courses/").text
    assert "Un tout petit cours" in client.get("/fr/courses/").text
    assert 'href="/fr/courses/tiny/"' in client.get("/fr/courses/").text


def test_an_empty_catalogue_says_so(client: FlaskClient) -> None:
    page = client.get("/en/courses/")
    assert page.status_code == 200
    assert "No course has been published here yet." in page.text


def test_the_glossary_is_in_the_readers_language_or_in_the_sources(tiny: None, client: FlaskClient) -> None:
    english = client.get("/en/courses/tiny/glossary/")
    assert english.status_code == 200
    published = queries.published("tiny")
    for language in ("en", "fr"):
        page = client.get(f"/{language}/courses/tiny/glossary/").text
        for term in queries.glossary(published, language).terms:
            assert f'id="{term.id}"' in page
    assert 'lang="en"' in client.get("/ar/courses/tiny/glossary/").text


def test_a_visitors_page_sets_no_cookie_and_may_be_kept(tiny: None, client: FlaskClient) -> None:
    for address in ("/en/courses/", "/en/courses/tiny/glossary/"):
        page = client.get(address)
        assert "Set-Cookie" not in page.headers
        assert "private" not in page.headers["Cache-Control"]


def test_a_course_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/en/courses/nothing/glossary/").status_code == 404


def test_pictures_and_attachments_are_the_files_bytes_kept_for_ever(tiny: None, client: FlaskClient) -> None:
    for path, asset in queries.published("tiny").outline.assets.items():
        reply = client.get(Addresses("tiny", "en").asset(asset.hash, path))
        assert reply.status_code == 200
        assert hashlib.sha256(reply.data).hexdigest() == asset.hash
        assert reply.mimetype == asset.media_type
        assert "immutable" in reply.headers["Cache-Control"]
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in reply.headers["Content-Security-Policy"]
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
        shown = "attachment" if asset.media_type == "application/pdf" else "inline"
        assert reply.headers["Content-Disposition"].startswith(shown)
        assert client.get(reply.request.path, headers={"If-None-Match": reply.headers["ETag"]}).status_code == 304


def test_a_player_may_ask_for_a_part_of_a_file(tiny: None, client: FlaskClient) -> None:
    published = queries.published("tiny")
    path, asset = next((p, a) for p, a in published.outline.assets.items() if a.media_type == "application/pdf")
    part = client.get(Addresses("tiny", "en").asset(asset.hash, path), headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.data) == (206, store.blob(asset.hash)[1:4])


def test_a_source_is_not_to_be_had_by_its_hash(tiny: None, client: FlaskClient) -> None:
    for path, digest in store.files_of(queries.published("tiny").revision_id).hashes.items():
        if path.endswith((".md", ".yaml")):
            for name in (path.rpartition("/")[2], "wheel.svg", "form.pdf"):
                assert client.get(f"/assets/{digest}/{name}").status_code == 404


def test_an_asset_under_another_name_is_not_found(tiny: None, client: FlaskClient) -> None:
    asset = next(iter(queries.published("tiny").outline.assets.values()))
    assert client.get(f"/assets/{asset.hash}/other.html").status_code == 404
    assert client.get(f"/assets/{'0' * 64}/wheel.svg").status_code == 404


def test_a_course_that_is_not_open_shows_its_glossary_to_nobody_unknown(publish: Publish, client: FlaskClient) -> None:
    publish(Draft(access="enrolled"))
    reply = client.get("/en/courses/demo/glossary/")
    assert reply.status_code == 303
    assert "/sign-in" in reply.headers["Location"]
