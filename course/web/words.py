"""The interface's words in each language, read from the catalogues as their translators write them.

`translations/<language>/LC_MESSAGES/messages.po` is compiled in memory, so that a clone needs no further step
and no compiled file can be older than its source.
"""

from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Domain, get_locale

Words = Translations | NullTranslations


class Catalogues(Domain):
    """Where Flask-Babel finds the words: one compiled catalogue for each language, kept."""

    def get_translations(self) -> Words:
        locale = get_locale()
        return words_in(locale.language if locale else "en")


@cache
def words_in(language: str) -> Words:
    """All words in a language. English is the language of the code, so there it has none of its own."""
    source = files("course") / "translations" / language / "LC_MESSAGES" / "messages.po"
    if not source.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as po:
        write_mo(compiled, read_po(po, locale=language))
    compiled.seek(0)
    return Translations(compiled, domain="messages")


def install(app: Flask) -> None:
    app.extensions["babel"].instance.domain_instance = Catalogues()  # type: ignore[no-untyped-call]
