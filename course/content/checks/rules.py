"""What a quiz's rules say of other quizzes: that they are there, have enough questions, and can be passed first."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from pydantic import TypeAdapter

from course.content.compiled import QuizHead
from course.content.gather import Text
from course.content.layout import Layout
from course.content.schema import suggest
from course.markup.findings import Place
from course.quiz.drawing import Banked, short_of
from course.quiz.model import Rules
from course.quiz.release import released
from course.quiz.rules import references

_RULES = TypeAdapter(Rules)


def check_rules(layout: Layout) -> None:
    """Quizzes that rules name, banks that are too small, results that nobody would learn, and circles."""
    quizzes = {text.head["id"]: text for text in layout.quizzes.values() if not text.head["spoilt"]}
    rules = {name: _RULES.validate_python(text.head["rules"]) for name, text in quizzes.items()}
    known = {text.head["id"] for text in layout.quizzes.values()}
    for name, text in quizzes.items():
        if not text.head["asked"] and not rules[name].draw.banks:
            layout.findings.error(text.at(None), "no-questions", "this quiz has no question", "begin one with `## ...`")
        if _names(text, rules[name], known, layout) and "question" not in layout.unsure:
            _enough(text, rules[name], quizzes, layout)
        _told(text, rules[name], layout)
        before = rules[name].baseline
        if before in rules and rules[before].practice:
            message = f'"{before}" is for practice, and has no grade to compare with'
            layout.findings.error(_at(text, "baseline"), "baseline", message, "name a quiz that is graded")
    _circle(layout, quizzes, rules)


def _at(text: Text[QuizHead], *path: str | int) -> Place:
    """The place of a rule, or of the nearest one around it."""
    places = text.head["places"]
    while path and ".".join(map(str, path)) not in places:
        path = path[:-1]
    return text.at(places.get(".".join(map(str, path))))


def _names(text: Text[QuizHead], rules: Rules, known: set[str], layout: Layout) -> bool:
    """Whether all quizzes that the rules name are there."""
    missing = [(key, name) for key, name in references(rules) if name not in known]
    for key, name in missing if "quiz" not in layout.unsure else ():
        layout.findings.error(_at(text, key), "unknown-id", f'there is no quiz "{name}"', suggest(name, known))
    return not missing


def _enough(text: Text[QuizHead], rules: Rules, quizzes: dict[str, Text[QuizHead]], layout: Layout) -> None:
    """Within one quiz its own file has been checked already (`grammar`)."""
    if not rules.draw.banks:
        return
    named = [text.head["id"], *rules.draw.banks]
    bank = [
        Banked(name, question, head["objective"])
        for name in named
        if name in quizzes
        for question, head in quizzes[name].head["asked"].items()
    ]
    for share in short_of(rules, text.head["id"], bank):
        of = f' of "{share.name}"' if share.name else ""
        message = f"the rules draw {share.wanted} questions{of}, and there are {len(share.bank)}"
        layout.findings.error(_at(text, "draw"), "draw", message, "draw fewer, or write more questions")


def _told(text: Text[QuizHead], rules: Rules, layout: Layout) -> None:
    """A quiz is passed once the learner may know it; where attempts never end, that needs marks on submission."""
    endless = rules.attempts is None and rules.closes is None and not rules.practice
    if endless and "marks" not in released(rules, "submitted"):
        message = "attempts never end here, and marks wait for that: nobody is told that they have passed"
        remedy = "release `marks` on `submitted`, or limit `attempts`, or write `closes:`"
        layout.findings.warn(_at(text, "release"), "never-told", message, remedy)


def _circle(layout: Layout, quizzes: dict[str, Text[QuizHead]], rules: dict[str, Rules]) -> None:
    """Quizzes that wait for each other, also by way of modules, can never be started."""
    graph = {name: set(one.requires) for name, one in rules.items()}
    for name, quiz in _before_modules(layout):
        graph.setdefault(name, set()).add(quiz)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = [str(name) for name in reversed(error.args[1])]
        asking = next((name for name in circle if name in rules and rules[name].requires), None)
        if asking is not None:  # else modules alone make it: `modules` says so
            message = f"quizzes require each other in a circle: {' → '.join(circle)}"
            place = _at(quizzes[asking], "requires")
            layout.findings.error(place, "circle", message, "take one of them out of `requires`")


def _before_modules(layout: Layout) -> Iterator[tuple[str, str]]:
    """A module's quiz, and the quiz of each module that is to be completed before."""
    of_module = {module.id: module.settings.head["values"]["quiz"] for module in layout.modules}
    for module in layout.modules:
        for name in module.settings.head["values"]["requires"]:
            if of_module[module.id] and of_module.get(name):
                yield of_module[module.id], of_module[name]
