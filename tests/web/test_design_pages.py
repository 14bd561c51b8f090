"""The pages that belong to the design itself: the reader's settings, and the page of all components."""

import re

from flask import Flask

from tests.web.visit import Visit, another


def test_a_reader_s_choice_is_on_the_next_page_and_every_one_after(app: Flask) -> None:
    reader = Visit(app)
    reply = reader.post("/en/display", back="/en/courses/", theme="dark", size="large", measure="", keys="off")
    assert (reply.status_code, reply.location) == (303, "/en/courses/")
    for path in ("/en/courses/", "/fr/display"):
        opened = re.search(r"<html[^>]*>", reader.get(path).text)
        assert opened is not None
        assert 'data-theme="dark" data-size="large" data-keys="off"' in opened[0]


def test_the_settings_lead_back_to_no_other_site(app: Flask) -> None:
    reply = Visit(app).post("/en/display", back="https://example.com/", theme="dark")
    assert reply.location == "/en/"


def test_the_usual_look_leaves_no_mark_on_a_page(app: Flask) -> None:
    assert "data-" not in re.search(r"<html[^>]*>", Visit(app).get("/en/courses/").text)[0]  # type: ignore[index]


def test_the_page_of_components_is_there_in_development_only(app: Flask) -> None:
    assert Visit(app).get("/en/style").status_code == 404
    with another(app, development=True) as workshop:
        page = Visit(workshop).get("/en/style")
    assert page.status_code == 200
    for component in (
        "line-picture",
        "line-map",
        "line-outline",
        "timeline",
        "cycle",
        "compare",
        "chart",
        "question-single",
    ):
        assert component in page.text


def test_the_page_of_components_gives_every_id_once(app: Flask) -> None:
    with another(app, development=True) as workshop:
        ids = re.findall(r'\sid="([^"]+)"', Visit(workshop).get("/en/style").text)
    assert len(ids) == len(set(ids))
