"""Many people from a sheet: what would happen is shown row by row, then done, once."""

import io
import re
from contextlib import suppress

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from course.academy.people import sheet
from course.academy.people.sheet import MOST_ROWS, Row, Unreadable, read
from course.db import db
from course.people.models import Account, Mail
from tests.web.visit import Visit, add

PAGE = "/en/people/sheet"


@pytest.mark.parametrize(
    "text",
    [
        "name,email\nAda,ada@x.org\n",
        "\ufeffNAME;E-mail\r\nAda;ada@x.org\r\n",
        "\n\nNom\tCourriel\nAda\tada@x.org",
        'nombre,"correo electrónico"\n"  Ada ","ada@x.org"\n,\n',
    ],
)
def test_a_sheet_is_read_as_spreadsheets_copy_and_save_it(text: str) -> None:
    (row,) = read(text).rows
    assert (row.name, row.email) == ("Ada", "ada@x.org")


def test_lines_are_counted_as_the_sheet_has_them_and_strange_columns_are_named() -> None:
    found = read('name,shoe size\nAda,38\n\n"Ben\nB.",44\nCleo')
    assert [(row.line, row.name) for row in found.rows] == [(2, "Ada"), (4, "Ben B."), (6, "Cleo")]
    assert found.ignored == ("shoe size",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"), ("name,email\n", "empty"), ("Ada,ada@x.org\nBen,ben@x.org", "no-columns"),
        ("name,nom\nAda,Ada", "twice"), ("name\n" + "x\n" * (MOST_ROWS + 1), "too-long"),
        ('name\n"' + "x" * 200_000, "no-columns"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_with_a_reason(text: str, why: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert refused.value.why == why


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_read_or_refused(text: str) -> None:
    with suppress(Unreadable):
        assert all(isinstance(row, Row) for row in read("name\n" + text).rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert sheet.decoded("name\nÉlodie".encode(encoding)).endswith("Élodie")


def plan(root: Visit, rows: str, **more: str) -> tuple[str, str]:
    page = root.post(PAGE, rows=rows, language="en", course="", do="check", **more).text
    return page, re.search(r'name="shown" value="(\w+)"', page)[1]


def people(app: Flask) -> list[tuple[str | None, str | None, str, str]]:
    with app.app_context():
        query = select(Account.email, Account.username, Account.name, Account.language)
        return [tuple(row) for row in db.session.execute(query.order_by(Account.person_id))][1:]


ROWS = """name,email,language,course
Amina Diallo,Amina@Example.org,fr,tiny
Luis Ortega,,es,
Luis Ortega,,es,
Pia,pia@,,
Q,q@example.org,xx,
R,r@example.org,,no"""


def test_looking_does_nothing_and_doing_leaves_out_what_is_wrong(tiny: Flask, root: Visit) -> None:
    page, shown = plan(root, ROWS)
    assert people(tiny) == []
    for part in (
        "invited by mail",
        "luis.ortega",
        "no e-mail address",
        "no language",
        "There is no course",
        "Do this for 3 people",
    ):
        assert part in page, part
    assert root.post(PAGE, rows=ROWS, language="en", course="", do="add", shown=shown).location == "/en/people/slips"
    assert people(tiny) == [
        ("amina@example.org", None, "Amina Diallo", "fr"),
        (None, "luis.ortega", "Luis Ortega", "es"),
        (None, "luis.ortega2", "Luis Ortega", "es"),
    ]


def test_sending_a_sheet_again_adds_nobody_twice(tiny: Flask, root: Visit) -> None:
    for _time in range(2):
        _page, shown = plan(root, ROWS.replace("Luis Ortega,,es,\n", "", 1))
        root.post(PAGE, rows=ROWS.replace("Luis Ortega,,es,\n", "", 1), language="en", course="", do="add", shown=shown)
    assert len(people(tiny)) == 2
    with tiny.app_context():
        assert db.session.scalar(select(func.count()).select_from(Mail)) == 1


def test_whoever_is_here_already_is_enrolled_and_the_same_row_twice_is_told(tiny: Flask, root: Visit) -> None:
    add(tiny, "lea@example.org", name="Lea")
    rows = "email\nlea@example.org\nLEA@example.org"
    page, _shown = plan(root, rows)
    assert "Has an account already" in page
    assert "row 2" in page
    page = root.post(PAGE, rows=rows, language="en", course="tiny", do="check").text
    assert "is enrolled" in page


def test_what_changed_since_it_was_shown_is_shown_again_and_not_done(tiny: Flask, root: Visit) -> None:
    _page, shown = plan(root, "email\nnew@example.org")
    add(tiny, "new@example.org")
    reply = root.post(PAGE, rows="email\nnew@example.org", language="en", course="", do="add", shown=shown)
    assert reply.status_code == 409
    assert "Something changed" in reply.text
    assert root.post(PAGE, rows=ROWS, language="en", course="", do="add", shown="").status_code == 409
    assert len(people(tiny)) == 1


def test_a_file_takes_the_place_of_the_rows(tiny: Flask, root: Visit) -> None:
    data = {
        "csrf_token": root.token(PAGE), "rows": "", "language": "en", "course": "", "do": "check",
        "file": (io.BytesIO("nom;courriel\nÉlodie;e@example.org".encode("cp1252")), "p.csv"),
    }  # fmt: skip
    page = root.client.post(PAGE, data=data, content_type="multipart/form-data").text
    assert "Élodie" in page
    assert "invited by mail" in page


def test_what_cannot_be_read_is_said_at_the_field(root: Visit) -> None:
    assert root.post(PAGE, rows="", language="en", course="", do="check").status_code == 422
    assert "first row" in root.post(PAGE, rows="a,b\nc,d", language="en", course="", do="check").text
