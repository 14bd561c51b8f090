"""A translation against its source: what has to be equal, and what it takes over."""

from collections.abc import Iterator
from dataclasses import replace

from course.markup.findings import Findings, Place
from course.quiz import types
from course.quiz.contract import Remark
from course.quiz.model import Question, Quiz


def differences(source: Quiz | Question, translation: Quiz | Question, file: str) -> Findings:
    """What in the translation, which stands in `file`, is not as in the source: errors, each at its question.

    Ids, types, attributes (absent or equal) and the pattern of keys have to be equal; words and typed keys differ.
    Both are quizzes, or both questions of one id.
    """
    findings = Findings()
    pairs: list[tuple[Question, Question]] = []
    if isinstance(source, Quiz) and isinstance(translation, Quiz):
        _quizzes(source, translation, file, findings)
        known = {question.id: question for question in source.questions}
        pairs = [(known[question.id], question) for question in translation.questions if question.id in known]
    elif isinstance(source, Question) and isinstance(translation, Question):
        pairs = [(source, translation)]
    for ours, theirs in pairs:
        for remark in _questions(ours, theirs):
            findings.error(Place(file, remark.line), remark.rule, remark.message, remark.remedy)
    return findings


def adopt(source: Question, translation: Question) -> Question:
    """The translation, with everything that the source alone decides: points, objective, shuffling, options."""
    return replace(
        translation,
        points=source.points,
        objective=source.objective,
        shuffle=source.shuffle,
        attributes=source.attributes,
    )


def adopt_quiz(source: Quiz, translation: Quiz) -> Quiz:
    """The translation, with the source's rules and its questions' points and options, in the source's order.

    A question that is not translated stays in the source's language; what only the translation has is left out.
    """
    translated = {question.id: question for question in translation.questions}
    questions = tuple(adopt(question, translated.get(question.id, question)) for question in source.questions)
    return replace(translation, rules=source.rules, names=source.names, retired=source.retired, questions=questions)


def _quizzes(source: Quiz, translation: Quiz, file: str, findings: Findings) -> None:
    if source.id != translation.id:
        message = f"The quiz is called `{translation.id}` here and `{source.id}` in the source"
        findings.error(Place(file), "translation-id", message, "write the source's id in the front matter")
    known = {question.id for question in source.questions}
    for question in translation.questions:
        if question.id not in known:
            message = f"The source has no question `{question.id}`"
            remedy = "take it out, add it to the source, or give it the id it has there"
            findings.error(Place(file, question.line), "translation-extra", message, remedy)
    for missing in sorted(known - {question.id for question in translation.questions}):
        message = f"The question `{missing}` is not translated"
        findings.error(Place(file), "translation-missing", message, "translate it from the source")


def _questions(source: Question, translation: Question) -> Iterator[Remark]:
    line = translation.line
    if source.type != translation.type:
        message = f"The question is of type {translation.type} here and {source.type} in the source"
        yield Remark(line, "translation-type", message, "write the same kind of answer as in the source")
        return
    stated = {name: value for name, value in translation.attributes.items() if name != "type"}
    for name, value in stated.items():
        ours = source.attributes.get(name)
        if ours != value:
            says = f"`{name}={ours}`" if ours is not None else "nothing of the kind"
            message = f"The heading says `{name}={value}`; the source says {says}"
            yield Remark(line, "translation-attributes", message, f"take `{name}` out here; the source decides it")
    yield from types.of(source).differences(source, translation)
