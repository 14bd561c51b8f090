"""The interface speaks every language it offers, completely."""

import re

import pytest
from flask import Flask

from course.web.words import words_in
from tests.web.messages import TRANSLATED, catalogue, extracted
from tests.web.visit import Visit

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%|</?\w+>")


def texts(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or [])


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    words = catalogue(language)
    missing = []
    for message, places in extracted().items():
        found = words.get(message)
        if found is None or not all(texts(found.string)) or found.fuzzy:
            missing.append(f"{places[0]}: {message}")
    assert not missing, "Run python -m tests.web.messages, then translate:\n" + "\n".join(missing)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_over(language: str) -> None:
    known = {message if isinstance(message, str) else message[0] for message in extracted()}
    left = [found.id for found in catalogue(language) if found.id and texts(found.id)[0] not in known]
    assert not left, "Run python -m tests.web.messages"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_keeps_the_placeholders(language: str) -> None:
    wrong = []
    for found in catalogue(language):
        wanted = {frozenset(PLACEHOLDER.findall(text)) for text in texts(found.id)}
        for text in texts(found.string):
            if found.id and frozenset(PLACEHOLDER.findall(text)) not in wanted:
                wrong.append(f"{found.id} -> {text}")
    assert not wrong, "\n".join(wrong)


def test_french_is_spaced_as_french_is() -> None:
    wrong = [
        text
        for found in catalogue("fr")
        for text in texts(found.string)
        if found.id
        and re.search(r"[\w»)][;?!]|(?<! )[ ][:;?!»]|« (?! )|[^\s\d ]:(?!//)", re.sub(r"<kbd>.</kbd>", "", text))
    ]
    assert not wrong, "\n".join(wrong)


def test_a_page_speaks_the_language_of_its_path(app: Flask) -> None:
    visit = Visit(app)
    said = {tag: visit.get(f"/{tag}/sign-in").text for tag in ("en", "fr", "es")}
    assert "<h1>Sign in</h1>" in said["en"]
    assert "<h1>Se connecter</h1>" in said["fr"]
    assert "<h1>Iniciar sesión</h1>" in said["es"]


def test_plurals_follow_the_language() -> None:
    assert [words_in("fr").ngettext("%(num)s lesson", "%(num)s lessons", n) for n in (0, 1, 2)] == [
        "%(num)s leçon",
        "%(num)s leçon",
        "%(num)s leçons",
    ]
    assert words_in("es").ngettext("%(num)s lesson", "%(num)s lessons", 0) == "%(num)s lecciones"


def test_letters_speak_the_language_of_the_account(app: Flask) -> None:
    from tests.web.visit import letters

    Visit(app).sign_up("eva@example.org", language="fr")
    (letter,) = letters(app, "eva@example.org")
    assert letter.subject == "Confirmez votre adresse électronique"
    assert letter.body.startswith("Bonjour,")
