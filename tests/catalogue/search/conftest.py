"""Searching, as readers do it."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

Search = Callable[..., list[str]]


@pytest.fixture
def search(client: FlaskClient) -> Search:
    """Gives the addresses of what is found: `search("words", "fr", "demo")`; without a course, in all of them."""

    def get(words: str, language: str = "en", course: str = "") -> list[str]:
        within = f"courses/{course}/" if course else ""
        reply = client.get(f"/{language}/{within}search?q={quote(words)}")
        assert reply.status_code == 200, reply.text
        return [unescape(url) for url in re.findall(r'<h2[^>]*><a href="([^"]*)">', reply.text)]

    return get
