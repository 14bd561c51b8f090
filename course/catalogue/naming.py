"""Which item of people's records each id of a pack means. Pure: names and item ids in, decisions out.

An item keeps its records whatever it is called: `renamed-from` gives it a further name, `retired` lets it go.
An id that was there and is gone without either is refused, because somebody's progress hangs on it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from course.content.model import LessonOutline, Outline, QuestionOutline, QuizOutline
from course.markup.findings import Finding, Place

Name = tuple[str, str]
"""A kind and an id; a question's id is `quiz/question` or `lesson/question`."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something of a pack that records point at: its name now, the names it had before, and where to mend them."""

    name: Name
    before: tuple[Name, ...]
    file: str
    parent: Name | None = None


@dataclass(slots=True)
class Naming:
    """What a pack's names come to: `known` already have an item, `new` get one, `findings` say what is refused."""

    known: dict[Name, int] = field(default_factory=dict)
    new: list[Named] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def named(outline: Outline) -> Iterator[Named]:
    """Everything in a course that records point at; parents come before their questions."""
    settings = f"lessons/{outline.id}/course.yaml"
    source = outline.source_language
    for module in outline.modules:
        yield _named("module", module.id, module.names, settings)
    for lesson in outline.lessons:
        yield from _with_questions("lesson", lesson, lesson.sources[source].path)
    for quiz in outline.quizzes.values():
        yield from _with_questions("quiz", quiz, quiz.sources[source].path)


def _named(kind: str, name: str, before: tuple[str, ...], file: str) -> Named:
    return Named((kind, name), tuple((kind, old) for old in before), file)


def _with_questions(kind: str, thing: LessonOutline | QuizOutline, file: str) -> Iterator[Named]:
    yield _named(kind, thing.id, thing.names, file)
    for question, outline in thing.asked.items():
        yield _question(kind, thing, question, outline, file)


def _question(
    kind: str, thing: LessonOutline | QuizOutline, question: str, outline: QuestionOutline, file: str
) -> Named:
    """A question is renamed by its own `renamed-from` (`other-quiz/question` where it moved), by its lesson's or

    quiz's, or by both at once.
    """
    now = f"{thing.id}/{question}"
    moved = [name for name in outline.names if "/" in name]
    short = [name for name in (question, *outline.names) if "/" not in name]
    ever = [f"{holder}/{name}" for holder in (thing.id, *thing.names) for name in short]
    before = tuple(("question", name) for name in (*ever, *moved) if name != now)
    return Named(("question", now), before, file, (kind, thing.id))


def resolve(outline: Outline, items: Mapping[Name, int], previous: Outline | None) -> Naming:
    """Find the item of each name. `items` are all names of the course so far, `previous` the outline now published."""
    naming = Naming()
    claimed: dict[int, Name] = {}
    for thing in named(outline):
        found = {items[name]: name for name in reversed((thing.name, *thing.before)) if name in items}
        if not found:
            naming.new.append(thing)
        elif len(found) > 1:
            naming.findings.append(_two_pasts(thing))
            claimed.update(dict.fromkeys(found, thing.name))  # found, so not lost as well
        elif (item := next(iter(found))) in claimed:
            naming.findings.append(_taken(thing, claimed[item]))
        else:
            claimed[item] = thing.name
            naming.known[thing.name] = item
    if previous is not None:
        gone = [thing for thing in named(previous) if items.get(thing.name) not in claimed]
        naming.findings.extend(_lost(thing, gone, outline) for thing in gone if not _let_go(thing, gone, outline))
    return naming


def _let_go(thing: Named, gone: list[Named], outline: Outline) -> bool:
    """Retired by name; or a question that went, or is refused, together with its lesson or quiz."""
    return thing.name[1] in outline.retired or any(thing.parent == other.name for other in gone)


def _two_pasts(thing: Named) -> Finding:
    kind, name = thing.name
    return Finding(
        Place(thing.file),
        "two-pasts",
        f"The {kind} `{name}` and its `renamed-from` were two different things before",
        "give it an id of its own, or leave `renamed-from` out",
    )


def _taken(thing: Named, other: Name) -> Finding:
    kind, name = thing.name
    return Finding(
        Place(thing.file),
        "id-taken",
        f"The id `{name}` belonged to the {kind} that is now called `{other[1]}`, with people's records",
        "choose another id",
    )


def _lost(thing: Named, gone: list[Named], outline: Outline) -> Finding:
    kind, name = thing.name
    files = {now.name: now.file for now in named(outline)}
    place = files.get(thing.parent or thing.name, f"lessons/{outline.id}/course.yaml")
    short = name.rpartition("/")[2]
    return Finding(
        Place(place),
        "lost-id",
        f"The {kind} `{name}` was published and is gone, and people's records hang on it",
        f"write `renamed-from: {short}` where it is now, or `retired: [{name}]` in course.yaml",
    )
