"""The language stands in the path."""

import pytest
from flask import Flask

from course import i18n
from tests.web.visit import Visit, add


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("fr-CH, fr;q=0.9, en;q=0.8", "/fr/"),
        ("es-419", "/es/"),
        ("de, pt;q=0.5", "/en/"),
        ("", "/en/"),
        ("de, es;q=0.1", "/es/"),
    ],
)
def test_a_visitor_comes_in_by_the_language_of_the_browser(app: Flask, accepted: str, home: str) -> None:
    assert Visit(app, Accept_Language=accepted).get("/").location == home


def test_somebody_signed_in_comes_in_by_the_language_of_the_account(app: Flask) -> None:
    add(app, language="fr")
    visit = Visit(app, Accept_Language="es")
    visit.sign_in("ada@example.org")
    assert visit.get("/").location == "/fr/"


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_every_interface_language_has_pages(app: Flask, tag: str) -> None:
    page = Visit(app).get(f"/{tag}/sign-in")
    assert page.status_code == 200
    assert f'<html lang="{tag}" dir="ltr"' in page.text


def test_a_language_without_content_has_no_pages(tiny: Flask) -> None:
    for tag in ("de", "xx", "EN", "fr-FR", "en_GB", "..", "%00"):
        assert Visit(tiny).get(f"/{tag}/courses/").status_code == 404, tag


def test_a_language_that_a_course_has_is_there_and_reads_from_right_to_left(tiny: Flask) -> None:
    page = Visit(tiny).get("/ar/courses/")
    assert page.status_code == 200
    assert '<html lang="ar" dir="rtl"' in page.text


@pytest.mark.parametrize(
    "name", ["endpoint", "values", "self", "lang", "_scheme", "_external", "_anchor", "_method", "x"]
)
def test_the_language_switch_keeps_any_query_as_it_is(app: Flask, name: str) -> None:
    page = Visit(app).get(f"/en/sign-in?{name}=ftp%26&{name}=2")
    assert page.status_code == 200
    assert f'href="/fr/sign-in?{name}=ftp%26&amp;{name}=2"' in page.text


def test_an_error_page_speaks_the_language_of_its_path(app: Flask) -> None:
    assert '<html lang="fr"' in Visit(app).get("/fr/nowhere").text


@pytest.mark.parametrize(
    ("tag", "way"), [("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("fr", "ltr"), ("zh-Hant", "ltr"), ("qqq", "ltr")]
)
def test_a_language_knows_its_direction(tag: str, way: str) -> None:
    assert i18n.direction(tag) == way


@pytest.mark.parametrize(
    ("text", "is_tag"),
    [
        ("fr", True),
        ("pt-BR", True),
        ("zh-Hant-TW", True),
        ("es-419", True),
        ("f", False),
        ("fr_FR", False),
        ("../x", False),
        ("a" * 40, False),
    ],
)
def test_a_tag_looks_like_one(text: str, is_tag: bool) -> None:
    assert i18n.is_tag(text) is is_tag


def test_a_language_is_called_what_it_calls_itself() -> None:
    assert [i18n.own_name(tag) for tag in ("fr", "es", "pt", "qqq")] == ["Français", "Español", "Português", "qqq"]
