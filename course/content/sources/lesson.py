"""A lesson in one language."""

import re
from collections.abc import Sequence

from course.content import schema
from course.content.compiled import CompiledSource, LessonHead, LinkHead, pack_body
from course.content.sources.questions import question_heads, question_links, style_heads
from course.content.sources.settings import positions
from course.content.units import digests, read_record, split_units
from course.markup import yaml
from course.markup.document import Document, Link, Part, document
from course.markup.findings import Findings, Place
from course.markup.front_matter import split
from course.markup.html import readable
from course.markup.source import decode
from course.quiz import codec
from course.quiz.grammar import parse_questions_in_lesson
from course.quiz.model import Question
from course.quiz.style import check_question

_NOTE = re.compile(r'<li id="fn-([^"]+)"')


def compile_lesson(data: bytes, language: str, findings: Findings) -> CompiledSource:
    """Read and render a lesson; its head is a `LessonHead`. The body is read even where the front matter is wrong."""
    text = decode(data, "", findings)
    if text is None:
        return CompiledSource(None)
    parts = split(text, "", findings)
    node = yaml.load(parts.yaml, "", findings, parts.yaml_line)
    matter = _matter(node, parts.yaml_line, findings) if node else None
    found = parse_questions_in_lesson(parts.body, "", parts.body_line, language, findings)
    slots = [(first, last, question.id) for first, last, question in found]
    written = document(parts.body, "", parts.body_line, findings, slots)
    asked = [question for _, _, question in found]
    if node is None or matter is None:
        return CompiledSource(None)
    if not written.sections and not findings.errors:
        findings.error(Place("", parts.body_line), "empty-lesson", "this lesson has no text", "write some")
    spoilt = not matter.title or not written.sections
    starts = {section.id: section.line for section in written.sections if section.id}
    units = split_units(text, starts, parts.body_line)
    digested = {} if spoilt else digests(units, [matter.title, *matter.objectives.values()])
    head = _head(matter, node, written, asked, spoilt)
    return CompiledSource({**head, "digests": digested}, _body(written, asked))


def _matter(node: yaml.Node, line: int, findings: Findings) -> schema.LessonFrontMatter | None:
    """The front matter; after errors, as much of it as lets the rest of the pack be checked. That has no title."""
    if node.value is None:
        remedy = "begin it with a line `---`, then `id:`, `title:`, `minutes:` and `objectives:`, then `---`"
        findings.error(Place("", line), "front-matter", "this lesson has no front matter", remedy)
        return None
    matter = schema.read(schema.LessonFrontMatter, node, findings)
    if matter is None and (name := schema.id_in(node)):
        objectives = node.value.get("objectives") if isinstance(node.value, dict) else None
        known = {str(key): str(text) for key, text in objectives.items()} if isinstance(objectives, dict) else {}
        matter = schema.LessonFrontMatter.model_construct(id=name, title="", minutes=1, objectives=known)
    return matter


def _links(links: Sequence[Link]) -> list[LinkHead]:
    """Links and pictures, as heads keep them."""
    return [{"target": link.target, "at": (link.place.line, link.place.column), "kind": link.kind} for link in links]


def _head(
    matter: schema.LessonFrontMatter, node: yaml.Node, written: Document, asked: Sequence[Question], spoilt: bool
) -> LessonHead:
    style = Findings()
    for question in asked:
        style.extend(check_question(question, ""))
    return {
        "id": matter.id,
        "title": matter.title,
        "spoilt": spoilt,
        "minutes": matter.minutes,
        "objectives": dict(matter.objectives),
        "was": matter.renamed_from,
        "retired": list(matter.retired),
        "places": positions(node),
        "sections": [
            {"id": section.id, "title": readable(section.title), "at": (section.line, 1)}
            for section in written.sections
        ],
        "anchors": list(written.anchors),
        "figures": list(written.figures),
        "notes": _NOTE.findall(written.notes),
        "links": [*_links(written.links), *(link for question in asked for link in question_links(question))],
        "asked": question_heads(asked),
        "style": style_heads(style),
        "digests": {},
        "made_from": read_record(matter.translated_from),
    }


def _body(written: Document, asked: Sequence[Question]) -> bytes:
    return pack_body(
        {
            "sections": [
                {
                    "id": section.id,
                    "title": section.title,
                    "parts": [part.html if isinstance(part, Part) else [part.key] for part in section.parts],
                }
                for section in written.sections
            ],
            "questions": {question.id: codec.dump_question(question) for question in asked},
            "notes": written.notes,
            "text": written.text,
        }
    )
