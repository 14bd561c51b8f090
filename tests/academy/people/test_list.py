"""An admin finds people: by any part of a name, by role, course and state, page by page."""

import re

import pytest
from flask import Flask
from markupsafe import escape

from course.academy.people import queries
from course.academy.people.wanted import Wanted
from course.db import transaction
from course.people import simulated
from tests.web.visit import Visit, add

PEOPLE = "/en/people/"


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a[^>]*><bdi>([^<]+)</bdi>', page)


def test_somebody_is_found_by_any_part_of_name_or_address_whatever_the_keyboard_has(tiny: Flask, root: Visit) -> None:
    add(tiny, "elodie@example.org", name="Élodie Ñandú-Łukasz")
    add(tiny, "ben.k", name="Ben")
    for text, found in {
        "elodie": ["Élodie Ñandú-Łukasz"],
        "NANDU elo": ["Élodie Ñandú-Łukasz"],
        "ben.k": ["Ben"],
    }.items():
        assert names(root.get(f"{PEOPLE}?name={text}").text) == found, text
    assert names(root.get(f"{PEOPLE}?name=%25").text) == []


def test_people_stand_in_one_order_and_no_page_leaves_anybody_out(
    tiny: Flask, root: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    called = ["Zoé", "Ábel", "éva", "abel", "Abel"]
    for number, name in enumerate(called):
        add(tiny, f"n{number}@example.org", name=name)
    for sort, order in {
        "name": ["Ábel", "abel", "Abel", "éva", "Root", "Zoé"],
        "newest": [*reversed(called), "Root"],
    }.items():
        seen: list[str] = []
        page = root.get(f"{PEOPLE}?sort={sort}").text
        while following := re.search(r'rel="next" href="([^"]+)"', page):
            seen += names(page)
            page = root.get(following[1].replace("&amp;", "&")).text
        assert seen + names(page) == order


def test_role_course_and_state_narrow_the_list(tiny: Flask, root: Visit) -> None:
    add(tiny, "tess@example.org", name="Tess", role="trainer", course="tiny")
    add(tiny, "uma@example.org", name="Uma", confirmed=False)
    add(tiny, "lena@example.org", name="Lena")
    lena = Visit(tiny)
    lena.sign_in("lena@example.org")
    lena.post("/en/courses/tiny/enrolment", page="/en/courses/tiny/")
    expected = {
        "role=admin": ["Root"],
        "role=trainer": ["Tess"],
        "role=trainer&course=tiny": ["Tess"],
        "role=learner&course=tiny": ["Lena"],
        "course=tiny": ["Lena", "Tess"],
        "role=learner": ["Lena", "Uma"],
        "state=unconfirmed": ["Uma"],
        "state=open&sort=newest": ["Lena", "Tess", "Root"],
        "state=no-such&role=king": ["Lena", "Root", "Tess", "Uma"],
    }
    assert {query: names(root.get(f"{PEOPLE}?{query}").text) for query in expected} == expected


def test_made_up_people_are_never_among_real_ones(tiny: Flask, root: Visit) -> None:
    person = add(tiny, "simulated-0001", name="Sim")
    with tiny.app_context(), transaction():
        simulated.simulate(person, 1)
    assert names(root.get(PEOPLE).text) == ["Root"]
    assert names(root.get(PEOPLE + "?people=simulated").text) == ["Sim"]


@pytest.mark.parametrize("who", ["learner", "trainer", "visitor"])
def test_only_admins_see_people(tiny: Flask, who: str) -> None:
    person = add(tiny, "lea@example.org", role="trainer" if who == "trainer" else "learner", course="tiny")
    visit = Visit(tiny)
    if who != "visitor":
        visit.sign_in("lea@example.org")
    for path in (PEOPLE, f"{PEOPLE}{person}/", f"{PEOPLE}sheet", f"{PEOPLE}slips", f"{PEOPLE}invitations"):
        assert visit.get(path).status_code == (303 if who == "visitor" else 403)
    token = visit.token("/en/sign-in" if who == "visitor" else "/en/settings")
    for noun in ("account", "invitation", "deactivation", "activation", "administration", "trainerships", "slip"):
        reply = visit.client.post(
            f"{PEOPLE}{person}/{noun}", data={"csrf_token": token, "to": "begin", "course": "tiny"}
        )
        assert reply.status_code == 403, noun


@pytest.mark.parametrize("name", ["<b>\"'&</b>", "{{7*7}}", "=cmd|' /C calc'!A0", "a\u2028b"])
def test_a_name_is_text_wherever_it_stands(tiny: Flask, root: Visit, name: str) -> None:
    person = add(tiny, "eve@example.org", name=name)
    for path in (PEOPLE, f"{PEOPLE}{person}/"):
        assert str(escape(" ".join(name.split()))) in root.get(path).text
    assert str(escape(name)) in root.get(PEOPLE, query_string={"name": name}).text or "\u2028" in name


def test_the_address_of_a_page_is_read_forgivingly() -> None:
    assert Wanted.read({"after": "x", "sort": "up", "name": " a " * 100}, ()).after == 0
    assert len(Wanted.read({"name": "a" * 500}, ()).text) == 100
