"""Assets are named by their content and kept for ever."""

import re

import pytest
from flask import Flask

from course.web import assets

LINK = re.compile(r'(?:href|src)="(/static/[^"#]+)"')


def test_a_page_loads_one_style_sheet_and_one_script(app: Flask) -> None:
    found = LINK.findall(app.test_client().get("/en/sign-in").text)
    assert len([path for path in found if path.endswith(".css")]) == 1
    assert len([path for path in found if path.endswith(".js")]) == 1


def test_an_asset_never_changes_at_its_address(app: Flask) -> None:
    client = app.test_client()
    for path in LINK.findall(client.get("/en/sign-in").text):
        reply = client.get(path)
        assert reply.status_code == 200
        assert "immutable" in reply.headers["Cache-Control"]
        assert "Set-Cookie" not in reply.headers
        again = client.get(path, headers={"If-None-Match": reply.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_another_content_would_have_another_address(app: Flask) -> None:
    client = app.test_client()
    path = LINK.findall(client.get("/en/sign-in").text)[0]
    assert client.get(re.sub(r"/static/\w+/", "/static/0123456789abcdef/", path)).status_code == 404


def test_only_what_lies_in_the_folder_is_served(app: Flask) -> None:
    client = app.test_client()
    for path in (
        "/static/x/../../config.py",
        "/static/x/..%2f..%2fconfig.py",
        "/static/x/%00",
        "/static/x/layout.html",
    ):
        assert client.get(path).status_code in {400, 404}, path


def test_an_asset_that_does_not_exist_fails_while_developing(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(LookupError):
        assets.asset_url("missing.css")


def test_comments_are_not_sent(app: Flask) -> None:
    with app.app_context():
        all_of_them = assets.assets()
    assert b"/*" not in all_of_them["app.css"].body
    assert not re.search(rb"^\s*//", all_of_them["app.js"].body, re.MULTILINE)


def test_the_first_visit_stays_small(app: Flask) -> None:
    from course.web.compression import ONCE

    with app.app_context():
        sizes = {name: len(ONCE["br"](asset.body)) for name, asset in assets.assets().items()}
    assert sizes["app.css"] + sizes["app.js"] < 16_000
