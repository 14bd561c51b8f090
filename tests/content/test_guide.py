"""The guide for trainers is a reference: it leaves nothing out, and the engine does what it says."""

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from course.content.build import Built, build
from course.content.link import Linker, key_of
from course.content.pack import read_pack
from course.markup import yaml
from course.markup.blocks.callout import KINDS
from course.markup.blocks.figure import BLOCKS
from course.markup.findings import Findings
from course.quiz import types
from course.quiz.grammar import parse_questions_in_lesson
from course.quiz.model import Question, Rules
from course.quiz.responses import key, score
from course.quiz.rules import read_front
from course.quiz.scoring import attempt_grade
from tests.content.test_link import Addresses, html

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "fr", "es")
YES = ("Yes", "Oui", "Sí")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def guide() -> Built:
    return build(read_pack(ROOT, "guide"))


def pages(guide: Built, language: str) -> Linker:
    assert guide.outline is not None
    return Linker(guide.outline, language, Addresses(language), lambda source: guide.compiled[key_of(source)])


def source(language: str, name: str) -> str:
    """The Markdown of the one file of the guide whose path ends so."""
    (path,) = [
        *ROOT.glob(f"lessons/guide/**/*-{name}.{language}.md"),
        *ROOT.glob(f"quizzes/guide/*-{name}.{language}.md"),
    ]
    return path.read_text("utf-8")


def table(language: str, name: str, figure: str) -> list[list[str]]:
    """The rows, without the header, of the table above a caption."""
    above = _FENCE.sub("", source(language, name)).split(f"{{#{figure} ")[0].rsplit("\n\n", 2)[1]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in above.split("\n")[2:]]


def asked(guide: Built, language: str) -> list[Question]:
    """All questions of the guide, lessons first."""
    linker = pages(guide, language)
    assert guide.outline is not None
    parts = [
        part for each in guide.outline.lessons for section in linker.lesson(each.id).sections for part in section.parts
    ]
    return [*(part for part in parts if isinstance(part, Question)), *linker.quiz("craft").questions]


def earned(question: str, value: Sequence[object] | dict[str, object]) -> Fraction:
    ((_, _, parsed),) = parse_questions_in_lesson(question, "", 1, "en", Findings())
    return score(parsed, value if isinstance(value, dict) else list(value), "en")


def test_the_check_finds_nothing_in_the_guide(guide: Built, language: str) -> None:
    assert guide.outline is not None
    assert language in guide.outline.languages
    assert not guide.findings


def test_every_question_type_is_asked_and_explained_beside_its_source(guide: Built, language: str) -> None:
    assert {question.type for question in asked(guide, language)} == types.TYPES.keys()
    shown = "".join(text for kind, text in _FENCE.findall(source(language, "questions")) if kind == "markdown")
    assert {name for name in types.TYPES if f"type={name}" in shown} == types.TYPES.keys()


def test_gaps_are_typed_and_chosen(guide: Built, language: str) -> None:
    gaps = [gap for question in asked(guide, language) for gap in getattr(question.body, "gaps", ())]
    assert {bool(gap.options) for gap in gaps} == {True, False}


def test_every_block_is_used(guide: Built, language: str) -> None:
    assert guide.outline is not None
    linker = pages(guide, language)
    text = "".join(html(page) + page.notes for page in (linker.lesson(each.id) for each in guide.outline.lessons))
    classes = {name for found in re.findall(r'class="([^"]+)"', text) for name in found.split()}
    wanted = {f"callout-{kind}" for kind in KINDS} | {f"figure-{block}" for block in (*BLOCKS, "image", "table")}
    assert wanted | {"more", "note-ref", "note-back", "term"} <= classes
    assert 'href="/assets/' in text


def test_every_example_is_what_readers_see_under_it(guide: Built, language: str) -> None:
    names = ("pack", "text", "pictures", "questions", "rules", "changes", "craft")
    texts = {name: source(language, name) for name in names}
    glossary = (ROOT / f"lessons/guide/glossary.{language}.md").read_text("utf-8")
    for text in texts.values():
        seen = "\n\n".join((_FENCE.sub("", text), glossary, texts["craft"]))
        for kind, example in _FENCE.findall(text):
            for chunk in example.strip("\n").split("\n\n") if kind == "markdown" else ():
                assert chunk in seen


def test_the_scoring_table_names_every_type_and_whether_it_can_be_partly_right(guide: Built, language: str) -> None:
    rows = {row[0].strip("`"): row[2] for row in table(language, "rules", "scoring-table")}
    assert rows.keys() == types.TYPES.keys()
    for name, partly in rows.items():
        kind = types.TYPES[name]
        assert partly.startswith(YES) == (kind.partial or kind.marking == "person"), name


def test_the_chart_of_ticks_is_what_the_engine_gives(guide: Built, language: str) -> None:
    question = "### Q {#q type=multiple}\n\n- [x] a\n- [x] b\n- [ ] c\n- [ ] d\n"
    ticks = (["1", "2"], ["1", "2", "3"], ["1"], ["1", "3"], ["1", "2", "3", "4"])
    shares = [int(row[1]) for row in table(language, "rules", "ticked")]
    assert shares == [earned(question, ticked) * 100 for ticked in ticks]


def test_the_sums_that_learners_are_asked_for_come_out_as_the_engine_gives_them(guide: Built, language: str) -> None:
    keys = {question.id: key(question) for question in asked(guide, language)}
    multiple = "### Q {#q type=multiple points=3}\n\n- [x] a\n- [x] b\n- [x] c\n- [ ] d\n"
    assert keys["three-keys"] == {"number": str(3 * earned(multiple, ["1", "2", "3", "4"]))}
    order = "### Q {#q type=order}\n\n1. a\n2. b\n3. c\n4. d\n5. e\n"
    assert keys["swapped"] == {"number": str(100 * earned(order, {"1": 1, "2": 2, "3": 3, "4": 5, "5": 4}))}
    cloze = "### Q {#q type=cloze}\n\n[[a: (x) 1 | ( ) 2]] [[b: (x) 1 | ( ) 2]] [[c x2: (x) 1 | ( ) 2]]\n"
    assert keys["weighted-gaps"] == {"number": str(4 * earned(cloze, {"a": "1", "b": "2", "c": "1"}))}


def test_the_example_of_rules_is_read_and_shows_every_rule_of_its_table(guide: Built, language: str) -> None:
    example = next(text for kind, text in _FENCE.findall(source(language, "rules")) if kind == "yaml").strip("-\n")
    findings = Findings()
    node = yaml.load(example, "", findings, 1)
    assert node is not None
    assert read_front(node, findings, source=True) is not None
    assert not list(findings)
    assert all(f"\n{row[0].strip('`')}:" in example for row in table(language, "rules", "rules-table"))
    assert Rules().pass_mark == Fraction(1, 2)


def test_the_quiz_can_be_passed_before_a_person_has_marked_its_text(guide: Built, language: str) -> None:
    quiz = pages(guide, language).quiz("craft")
    kinds = [types.of(question).marking for question in quiz.questions]
    assert kinds.count("engine") >= 12
    marks = [
        (Fraction(kind == "engine"), question.points) for kind, question in zip(kinds, quiz.questions, strict=True)
    ]
    assert attempt_grade(marks) > quiz.rules.pass_mark


def test_the_chart_of_minutes_is_what_the_lessons_say(guide: Built, language: str) -> None:
    assert guide.outline is not None
    lessons = enumerate(guide.outline.lessons, start=1)
    said = [[f"{number} {each.titles[language]}", str(each.minutes)] for number, each in lessons]
    assert table(language, "pictures", "minutes") == said
