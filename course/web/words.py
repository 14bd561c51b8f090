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
from markupsafe import Markup

from course.web.language import interface_language

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
    # Flask-Babel's functions for templates ask their way through five others for every word (400 µs a page).
    app.jinja_env.globals.update({"_": _word, "gettext": _word, "ngettext": _words})


def _word(message: str, **values: object) -> Markup:
    return _filled(words_in(interface_language()).gettext(message), values)


def _words(singular: str, plural: str, num: int, **values: object) -> Markup:
    return _filled(words_in(interface_language()).ngettext(singular, plural, num), {"num": num, **values})


def _filled(text: str, values: dict[str, object]) -> Markup:
    """A message is text for people, trusted; what is put into it is not, and is escaped."""
    return Markup(text) % values if "%" in text else Markup(text)  # noqa: S704
