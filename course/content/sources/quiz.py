"""A quiz in one language."""

from dataclasses import replace

from course.content import schema
from course.content.compiled import CompiledSource, LinkHead, QuizHead, pack_body
from course.content.sources.questions import links_in, question_heads, question_links, style_heads
from course.content.sources.settings import positions
from course.content.units import digests, read_record, split_units
from course.markup import yaml
from course.markup.findings import Findings
from course.markup.front_matter import split
from course.markup.source import decode
from course.quiz import codec
from course.quiz.grammar import parse_quiz
from course.quiz.model import EMPTY, Quiz, Rules
from course.quiz.rules import RULES, Front, read_front
from course.quiz.style import check_quiz


def compile_quiz(data: bytes, language: str, findings: Findings) -> CompiledSource:
    """Read a quiz; its head is a `QuizHead`.

    Whether its language is the source is not known here: rules are read wherever they stand, and refused in a
    translation when it is compared with its source.
    """
    text = decode(data, "", findings)
    if text is None:
        return CompiledSource(None)
    parts = split(text, "", findings)
    node = yaml.load(parts.yaml, "", findings, parts.yaml_line)
    front = read_front(node, findings, source=True) if node else None
    read_as = front or Front("", "", Rules())
    if node and isinstance(node.value, dict) and not any(rule in node.value for rule in RULES):
        read_as = replace(read_as, rules=None)  # perhaps a translation: its source says what is drawn
    quiz = parse_quiz(parts.body, "", parts.body_line, language, read_as, findings)
    if node is None:
        return CompiledSource(None)
    if front is None or quiz is None:
        name = schema.id_in(node)
        return CompiledSource(
            _head(Quiz(name, "", language, Rules(), EMPTY, ()), node, [], spoilt=True) if name else None
        )
    links = links_in(quiz.intro, parts.body_line)
    for question in quiz.questions:
        links.extend(question_links(question))
    starts = {question.id: question.line for question in quiz.questions}
    digested = digests(split_units(text, starts, parts.body_line), [quiz.title])
    head: QuizHead = {**_head(quiz, node, links), "digests": digested, "made_from": read_record(front.made_from)}
    return CompiledSource(head, pack_body(codec.dump_quiz(quiz)))


def _head(quiz: Quiz, node: yaml.Node, links: list[LinkHead], *, spoilt: bool = False) -> QuizHead:
    return {
        "id": quiz.id,
        "title": quiz.title,
        "spoilt": spoilt,
        "rules": codec.dump_quiz(replace(quiz, questions=()))["rules"],
        "was": quiz.names[0] if quiz.names else None,
        "retired": list(quiz.retired),
        "places": positions(node),
        "links": links,
        "asked": question_heads(quiz.questions),
        "style": style_heads(check_quiz(quiz, "")),
        "digests": {},
        "made_from": {},
    }
