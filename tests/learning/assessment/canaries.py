"""A course of all question types in which everything that tells about a key is a canary: a random word, used once."""

import secrets
from collections import defaultdict
from dataclasses import dataclass, field

from course.content.pack import Pack
from course.quiz.model import Value
from course.quiz.types import TYPES
from tests.learning.assessment.pack import packed, sources

LANGUAGES = ("en", "fr")
PAIRS = "| Thing | Kind |\n|---|---|\n"
BODIES = {
    "single": "- ( ) One {{#{one}}}\n  > {fb}\n- (x) Two {{#{two}}}\n  > {fb}\n",
    "multiple": "- [x] One {{#{one}}}\n  > {fb}\n- [ ] Two {{#{two}}}\n  > {fb}\n- [x] Three {{#{three}}}\n  > {fb}\n",
    "truefalse": "= true\n= wrong: false > {fb}\n",
    "numerical": "= {number}\n= wrong: 100 > {fb}\n",
    "short": "= {key} | {key2}\n= wrong: a guess > {fb}\n",
    "cloze": "Aims: [[a: {key} | {key2}]], [[b: (x) this | ( ) that]].\n\n"
    "= wrong: a: a guess > {fb}\n= wrong: b: that > {fb}\n",
    "match": PAIRS + "| North {{#{one}}} | up |\n| South {{#{two}}} | down |\n\n= wrong: North | down > {fb}\n",
    "order": "1. Early {{#{one}}}\n2. Late {{#{two}}}\n3. Last {{#{three}}}\n",
    "categorise": PAIRS + "| Elm {{#{one}}} | tree |\n| Oak {{#{two}}} | tree |\n| Pike {{#{three}}} | fish |\n\n"
    "= wrong: Elm | fish > {fb}\n",
    "written": "| Row | 0 | 2 |\n|---|---|---|\n| Reason | none | one |\n",
    "scale": "- 1: badly\n- 5: well\n",
}
"""By type: what stands under a question. Each `{fb}` is another canary."""


TYPED = ("short", "cloze", "written")
"""What was typed is shown beside the words, and the key, of the language in which it was typed."""


@dataclass
class Planted:
    """`never` may never be seen; of what is `hidden`, `later` is to be seen once all is released, by type and language.

    `answers` are wrong in every way that feedback foresees.
    """

    never: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    later: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    answers: dict[str, Value] = field(default_factory=dict)

    def found_in(self, seen: str) -> set[str]:
        """Every canary that is in what arrived."""
        return {canary for canary in self.never | self.hidden if canary in seen}


def word() -> str:
    return "k" + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(15))


def number() -> str:
    return str(secrets.randbelow(8 * 10**11) + 10**11)


def plant(release: str) -> tuple[Pack, Planted]:
    """The course, with `release` as its quiz's rule, and what was planted in it."""
    planted = Planted()
    assert set(BODIES) == set(TYPES), "a question type has no canaries here"
    shared = {name: {part: word() for part in ("one", "two", "three")} | {"number": number()} for name in BODIES}
    files = sources()
    for language in LANGUAGES:
        rules = f"pass: 60%\nattempts: 2\nrelease: {release}\n" if language == "en" else ""
        parts = [f"---\nid: basics\ntitle: All types\n{rules}---\n"]
        parts += [_question(name, language, shared[name], planted) for name in BODIES]
        files[f"quizzes/demo/1-basics.{language}.md"] = "\n".join(parts)
        lesson = f"lessons/demo/1-first/1-one.{language}.md"
        files[lesson] += "\n" + _in_lesson(language, planted)
    for name, parts in shared.items():
        used = {canary for part, canary in parts.items() if "{" + part + "}" in BODIES[name]}
        planted.never |= used - {parts["number"]}
        planted.hidden |= used & {parts["number"]}
    _answer(planted, shared)
    return packed(files), planted


def _question(name: str, language: str, shared: dict[str, str], planted: Planted) -> str:
    general = word()
    body = BODIES[name].replace("{number}", shared["number"])
    if name == "numerical":
        planted.later[name, language].add(shared["number"])
    for key in ("{key}", "{key2}"):
        canary = word()
        if key in body:
            planted.hidden.add(canary)
            if key == "{key}":
                planted.later[name, language].add(canary)
        body = body.replace(key, canary)
    while "{fb}" in body:
        canary = word()
        planted.hidden.add(canary)
        body = body.replace("{fb}", canary, 1)
    planted.hidden.add(general)
    planted.later[name, language].add(general)
    return f"## Question of {name} {{#{name} type={name}}}\n\n{body.format(**shared)}\n> {general}\n"


def _in_lesson(language: str, planted: Planted) -> str:
    """A question in a lesson: told at once to who answers it, and to nobody before."""
    key, other, general = word(), word(), word()
    planted.hidden |= {key, other, general}
    return f"## Of the lesson {{#check type=short}}\n\n= {key} | {other}\n\n> {general}\n"


def _answer(planted: Planted, shared: dict[str, dict[str, str]]) -> None:
    ids = {name: (parts["one"], parts["two"], parts["three"]) for name, parts in shared.items()}
    planted.answers = {
        "single": [ids["single"][0]],
        "multiple": [ids["multiple"][1]],
        "truefalse": ["false"],
        "numerical": {"number": "100"},
        "short": "a guess",
        "cloze": "a: a guess\nb: 2",
        "match": {ids["match"][0]: "2"},
        "order": {ids["order"][0]: 2, ids["order"][1]: 1},
        "categorise": {ids["categorise"][0]: "2"},
        "written": "Some words of mine.",
        "scale": ["5"],
    }
