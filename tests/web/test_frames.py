"""Pages that are rendered once for many: nothing of one reader comes before another's eyes."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask, Response, g, make_response, request, session
from jinja2 import ChoiceLoader, DictLoader

from course.web import forgery
from course.web.access import Viewer, allow, anyone, load_viewer_with
from course.web.frames import MOST, framed

PROBE = """{{ viewer.name }} {{ viewer.person }} {{ viewer.session }} {{ viewer.admin }} {{ viewer.trains|sort|join }}
{{ viewer.time_zone }} {{ g.interface }} {{ g.lang }} theme={{ display.theme }} {{ session.get("secret") }}
{{ request.cookies.get("other") }} {{ request.headers.get("X-Who") }} {{ request.query_string }} {{ g.get("note") }}
topic={{ topic }} mine={{ mine }} token={{ csrf_token() }} hello {{ reader_name() }}"""
ADA = Viewer(person=7, name="Ada <script>", language="en", session="ada's sign-in")
BOB = Viewer(person=8, name="Bob", language="en", session="bob's sign-in")
Ask = Callable[..., str]


@pytest.fixture
def rendered() -> list[str]:
    """The topics for which the context was computed."""
    return []


@pytest.fixture
def ask(app: Flask, rendered: list[str]) -> Ask:
    """Asks for a page of its own with everything in it that a template can reach, as somebody, and gives its text."""
    app.jinja_loader = ChoiceLoader([DictLoader({"probe.html": PROBE}), app.jinja_loader])  # type: ignore[list-item]
    seen: dict[str, Viewer] = {}
    load_viewer_with(app, lambda _session: seen["now"])

    def context(topic: str) -> dict[str, str]:
        rendered.append(topic)
        return {"topic": topic}

    @allow(anyone)
    def probe() -> Response:
        session["secret"] = f"secret of {seen['now'].person}"
        g.note = f"note of {seen['now'].person}"
        made = framed("probe.html", context, (request.headers["X-Topic"],), mine=f"<{seen['now'].name}>")
        return make_response(made + f" own token {forgery.token()}".encode())

    app.add_url_rule("/<lang>/probe", "probe", probe)

    def asked(viewer: Viewer, topic: str = "cats", lang: str = "en", theme: str = "", query: str = "") -> str:
        seen["now"] = viewer
        client = app.test_client()
        client.set_cookie("other", f"cookie of {viewer.person}")
        client.set_cookie("display", f"{theme}...")
        headers = {"X-Topic": topic, "X-Who": f"header of {viewer.person}"}
        reply = client.get(f"/{lang}/probe{query}", headers=headers)
        assert reply.status_code == 200
        return reply.text

    return asked


def test_a_second_reader_gets_the_same_frame_with_their_own_in_it(ask: Ask, rendered: list[str]) -> None:
    ask(ADA)
    text = ask(BOB)
    assert rendered == ["cats"]
    assert "hello Bob" in text
    assert "mine=&lt;Bob&gt;" in text


def test_nothing_of_who_asked_first_is_in_what_the_second_one_gets(ask: Ask) -> None:
    first, second = ask(ADA), ask(BOB)
    for own in ("Ada", " 7 ", "ada's", "secret of", "cookie of", "header of", "note of"):
        assert own not in second
    token = first.rpartition("own token ")[2]
    assert f"token={token} " in first
    assert token not in second


def test_a_frame_is_rendered_for_nobody_even_when_its_first_reader_gets_it(ask: Ask) -> None:
    text = ask(ADA)
    for own in ("secret of", "cookie of", "header of", "note of", "ada's sign-in", " 7 "):
        assert own not in text


def test_a_readers_own_text_is_escaped(ask: Ask) -> None:
    assert "hello Ada &lt;script&gt;" in ask(ADA)
    assert "<script>" not in ask(ADA)


def test_a_text_that_looks_like_a_hole_is_none(ask: Ask) -> None:
    name = "<!-- csrf_token--> <!--0123456789abcdef csrf_token-->"
    assert "0123456789abcdef csrf_token--&gt;" in ask(replace(ADA, name=name))


@pytest.mark.parametrize(
    ("other", "shown"),
    [
        (replace(BOB, admin=True), " True "),
        (replace(BOB, trains=frozenset({"demo"})), "demo"),
        (replace(BOB, time_zone="Africa/Dakar"), "Africa/Dakar"),
    ],
)
def test_who_sees_something_else_has_a_frame_of_their_own(ask: Ask, other: Viewer, shown: str) -> None:
    assert shown not in ask(ADA)
    assert shown in ask(other)
    assert shown not in ask(BOB)


def test_a_visitor_and_a_learner_share_no_frame(ask: Ask) -> None:
    assert " None " in ask(Viewer())
    assert " -1 " in ask(ADA)


def test_languages_displays_and_topics_have_frames_of_their_own(ask: Ask, rendered: list[str]) -> None:
    assert "en en theme= " in ask(ADA)
    assert "fr fr theme= " in ask(BOB, lang="fr")
    assert "en en theme=dark " in ask(ADA, theme="dark")
    assert "en en theme= " in ask(BOB)
    assert "topic=dogs" in ask(BOB, topic="dogs")
    assert rendered == ["cats", "cats", "cats", "dogs"]


def test_an_address_with_a_query_is_made_for_its_reader_alone(ask: Ask, rendered: list[str]) -> None:
    assert "q=1" in ask(ADA, query="?q=1")
    assert "q=1" not in ask(BOB)
    assert rendered == ["cats", "cats"]


def test_no_more_than_so_many_frames_are_kept(app: Flask, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.web.frames.MOST", 2)
    for topic in ("a", "b", "c", "d"):
        ask(ADA, topic)
    assert len(app.extensions["course.frames"]) == 2 < MOST
    assert "topic=a" in ask(BOB, "a")
