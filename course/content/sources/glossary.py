"""A glossary in one language: a heading for each term, and its definition under it."""

from collections.abc import Sequence

from course.content.compiled import CompiledSource, GlossaryHead, TermHead
from course.markup.findings import Findings, Place
from course.markup.html import Html, plain
from course.markup.links import targets
from course.markup.render import fragment, inline
from course.markup.scan import Heading, Line, scan
from course.markup.source import decode

_HEADING = 'write `## Term {#id}`, or `## Term {#id also="form, other form"}`'


def compile_glossary(data: bytes, findings: Findings) -> CompiledSource:
    """Read a glossary; its head is a `GlossaryHead`, and it has no body."""
    text = decode(data, "", findings)
    if text is None:
        return CompiledSource(None)
    lines = scan(text, "", 1, findings)
    starts = [at for at, line in enumerate(lines) if line.heading and line.heading.level == 2]
    _before(lines[: starts[0] if starts else len(lines)], findings)
    terms = [_term(lines[start:end], findings) for start, end in zip(starts, [*starts[1:], len(lines)], strict=False)]
    head: GlossaryHead = {
        "terms": [term for term in terms if term],
        "links": [
            {"target": target, "at": term["at"], "kind": kind}
            for term in terms
            if term
            for target, kind in targets(Html(term["definition"]))
        ],
    }
    return CompiledSource(head)


def _before(lines: Sequence[Line], findings: Findings) -> None:
    """Words before the first term belong to none; a title is harmless."""
    for line in lines:
        if line.text.strip() and not line.inert and not line.heading:
            findings.error(Place("", line.number), "glossary", "this text stands before the first term", _HEADING)
            return


def _term(lines: Sequence[Line], findings: Findings) -> TermHead | None:
    heading = lines[0].heading
    if heading is None or not _has_id(heading, findings):
        return None
    body = "\n".join(line.text for line in lines[1:]).strip("\n")
    offset = next((number for number, line in enumerate(lines[1:], start=1) if line.text.strip()), 1)
    definition = fragment(body, Place("", heading.place.line + offset), findings)
    term = plain(inline(heading.text, heading.place, findings))
    if not definition:
        message = f'the term "{term}" has no definition'
        findings.error(heading.place, "glossary", message, "write a paragraph under it")
    also = (form.strip() for form in heading.attributes.get("also", "").split(","))
    return {
        "id": heading.id or "",
        "term": term,
        "definition": definition,
        "forms": list(dict.fromkeys([term, *(form for form in also if form)])),
        "at": (heading.place.line, heading.place.column),
    }


def _has_id(heading: Heading, findings: Findings) -> bool:
    for name in sorted(heading.attributes.keys() - {"also"}):
        findings.error(heading.place, "unknown-key", f'"{name}" means nothing on a glossary term', "known here: also")
    if heading.id is None:
        findings.error(heading.place, "missing-id", f'the term "{heading.text[:40]}" has no id', _HEADING)
    return heading.id is not None
