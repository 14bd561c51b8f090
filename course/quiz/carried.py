"""The same answer to a later form of a question: what a corrected key is to say of what was answered before.

Ids are mostly numbers in the source, so an author who corrects an order, or the pairs of a match, gives the same words
other ids. What a learner chose are the words. Where those cannot be found again, there is nothing to say.
"""

from collections.abc import Mapping

from course.markup.html import plain
from course.quiz import types
from course.quiz.model import Html, Question, Value


def carried(old: Question, new: Question, value: Value) -> Value | None:
    """The answer `value` to `old`, in the ids of `new`; None where `new` asks for something else.

    Both are in the language in which it was given. A question that a person or nobody marks carries nothing.
    """
    kind = types.of(old)
    if new.type != old.type or new.language != old.language or kind.marking != "engine":
        return None
    before, after = kind.named(old), kind.named(new)
    if before.keys() != after.keys():
        return None
    names: dict[str, dict[str, str]] = {}
    for group, words in before.items():
        found = _found_again(words, after[group])
        if found is None:
            return None
        names[group] = found
    return kind.renamed(value, names)


def _found_again(before: Mapping[str, Html], after: Mapping[str, Html]) -> dict[str, str] | None:
    """Old ids → new ids: by their words, and, where only the words were changed, by the id."""
    old = {name: plain(words) for name, words in before.items()}
    new = {name: plain(words) for name, words in after.items()}
    place = {words: name for name, words in new.items()}
    found: dict[str, str] = {}
    for name, words in old.items():
        if new.get(name) == words or (name in new and words not in place and new[name] not in old.values()):
            found[name] = name
        elif words in place:
            found[name] = place[words]
    return found if found.keys() == old.keys() and set(found.values()) == set(new) else None
