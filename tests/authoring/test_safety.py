"""What a trainer writes runs nothing in a browser, reads no file of the server, and has nothing fetched."""

import pytest

from tests.authoring.conftest import BASICS, ONE, WORKSHOP, Trainer

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVa\tscript:alert(1))",
    "![a](data:text/html;base64,PHNjcmlwdD4=)",
    "<svg/onload=alert(1)>",
    "<iframe src=https://example.org></iframe>",
    "<style>@import 'https://example.org/a.css'</style>",
    "![a](file:///etc/passwd)",
    "![a](../../../../etc/passwd)",
    "![a](https://169.254.169.254/latest/meta-data/)",
    '--8<-- "/etc/passwd"',
    "{{ 7*7 }} {% include '/etc/passwd' %}",
    "</textarea><script>alert(1)</script>",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_do_nothing_in_preview_findings_and_differences(
    ann: Trainer, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    import socket

    text = ann.file().replace("Words of one.", words)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("something was looked up"))
    ann.send(f"{WORKSHOP}preview/{ONE}", text=text, base=ann.base)
    assert ann.page.status_code == 200
    harmless(ann.html)
    assert ann.text == text.replace("\r", "")
    ann.save(ann.text)
    for page in (f"{WORKSHOP}files/{ONE}", WORKSHOP, WORKSHOP + "publication", f"{WORKSHOP}differences/{ONE}"):
        assert ann.open(page).status_code == 200
        harmless(ann.html)


def test_hostile_questions_do_nothing_either(ann: Trainer) -> None:
    text = ann.file(BASICS).replace("As the lesson says.", "<script>alert(1)</script> <img src=x onerror=alert(1)>")
    text = text.replace("Is basics-q1 so?", "Is <script>alert(1)</script> so?")
    ann.send(f"{WORKSHOP}preview/{BASICS}", text=text, base=ann.base, answers="1")
    harmless(ann.html)


def harmless(html: str) -> None:
    """No script but the application's own, nothing from elsewhere, nothing of the server's files, no template run."""
    lowered = html.lower()
    assert lowered.count("<script") == lowered.count('<script type="module" src="/static/')
    for forbidden in (
        "<iframe",
        "<style",
        "root:x:",
        'src="http',
        "src='http",
        'href="javascript',
        'src="data:',
        'src="file',
    ):
        assert forbidden not in lowered, forbidden
    tags = [tag for tag in lowered.split("<")[1:] if not tag.startswith(("textarea", "/"))]
    assert not [tag for tag in tags if "onerror=" in tag.split(">")[0] or "onload=" in tag.split(">")[0]]
    assert "49 " not in html.split('class="seen-text"')[-1][:400]
