"""What `course new` writes, by path. Nothing that is there is replaced, except for one line that names a new quiz."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from course.content.checks.ids import RESERVED
from course.content.compile import compile_source
from course.content.gather import gather, one_by_one
from course.content.layout import Layout, Module, lay_out
from course.content.pack import Pack
from course.content.paths import LANGUAGE, classify, number
from course.content.scaffold import texts
from course.content.units import recorded
from course.markup.attributes import ID_FORM

MOST = 50
"""Characters in a new id: ids of objectives and questions are made from it."""
_TAG = re.compile(LANGUAGE)
Texts = dict[str, str]


class Refused(ValueError):
    """Cannot be made. `str(error)` says why, and what to do."""


def new_course(name: str, title: str, languages: Sequence[str]) -> Texts:
    """A course of one module, one lesson and one quiz. The first language is the source. Raises Refused."""
    _valid(name)
    for tag in languages:
        if not _TAG.fullmatch(tag):
            raise Refused(f"{tag!r} is no language tag: write it as `en`, `fr` or `pt-BR`.")
    folder = f"lessons/{name}/1-beginning"
    words = {tag: texts.of(tag) for tag in languages}
    titles = {tag: words[tag]["module"] for tag in languages}
    kinds = ", ".join(f"{tag}: {'complete' if at else 'source'}" for at, tag in enumerate(languages))
    return {
        f"lessons/{name}/course.yaml": texts.COURSE.format(
            id=name, titles=_titles(dict.fromkeys(languages, title)), languages=kinds
        ),
        f"{folder}/module.yaml": texts.MODULE.format(id="beginning", titles=_titles(titles), quiz="quiz: beginning\n"),
        **_lessons(f"{folder}/1-first", "first", {tag: words[tag]["lesson"] for tag in languages}),
        **_quizzes(f"quizzes/{name}/1-beginning", "beginning", titles, "first-aim"),
    }


def new_module(pack: Pack, name: str, title: str) -> Texts:
    """A module with a first lesson, after the others. Raises Refused."""
    layout = _laid_out(pack)
    _valid(name)
    _free(name, (module.id for module in layout.modules), "module")
    place = 1 + max((number(_folder(module)) for module in layout.modules), default=0)
    folder = f"lessons/{pack.course}/{place}-{name}"
    tags = _tags(layout)
    lesson = _unused(f"{name}-first"[:MOST].rstrip("-"), _pages(layout))
    return {
        f"{folder}/module.yaml": texts.MODULE.format(id=name, titles=_titles(dict.fromkeys(tags, title)), quiz=""),
        **_lessons(f"{folder}/1-first", lesson, {tag: texts.of(tag)["lesson"] for tag in tags}),
    }


def new_lesson(pack: Pack, module: str, name: str, title: str) -> Texts:
    """A lesson after the others of its module. Raises Refused."""
    layout = _laid_out(pack)
    _valid(name)
    _free_page(name, layout)
    inside = _module(layout, module)
    place = 1 + max((number(stem) for stem in inside.lessons), default=0)
    return _lessons(f"{_folder(inside)}/{place}-{name}", name, dict.fromkeys(_tags(layout), title))


def new_quiz(pack: Pack, name: str, title: str, module: str | None) -> Texts:
    """A quiz after the lessons of `module`, else of the module of its own name, else of the course. Raises Refused."""
    layout = _laid_out(pack)
    module = module or next((one.id for one in layout.modules if one.id == name), None)
    _valid(name)
    _free_page(name, layout)
    settings = _module(layout, module).settings if module else layout.course
    if settings.head["values"]["quiz"]:
        where = f"The module `{module}`" if module else "The course"
        raise Refused(f"{where} has a quiz already, `{settings.head['values']['quiz']}`: add questions to that one.")
    place = 1 + max((number(stem) for stem in layout.quizzes), default=0)
    before = pack.files[settings.path].decode("utf-8-sig")
    aims = [aim for text in layout.lessons.values() for aim in text.head["objectives"]]
    if not aims:
        raise Refused("No lesson has an objective yet, and a question tests one: write `objectives:` in a lesson.")
    return {
        settings.path: f"{before.rstrip()}\nquiz: {name}\n",
        **_quizzes(f"quizzes/{pack.course}/{place}-{name}", name, dict.fromkeys(_tags(layout), title), aims[-1]),
    }


def _laid_out(pack: Pack) -> Layout:
    sources = gather(pack, lambda key: None, one_by_one)
    layout = lay_out(sources)
    if layout is None or sources.findings.errors:
        raise Refused(f"The course `{pack.course}` has errors: run `course check`, mend them, then try again.")
    return layout


def _valid(name: str) -> None:
    if not ID_FORM.fullmatch(name) or len(name) > MOST:
        raise Refused(f"{name!r} cannot be an id: up to {MOST} small letters, digits and hyphens, as in `first-steps`.")


def _free(name: str, taken: Iterable[str], kind: str) -> None:
    if name in set(taken):
        raise Refused(f"There is a {kind} `{name}` already. Choose another name.")


def _free_page(name: str, layout: Layout) -> None:
    if name in RESERVED:
        raise Refused(f"`{name}` is the address of a page of the course itself. Choose another name.")
    _free(name, _pages(layout), "lesson or quiz")


def _unused(name: str, taken: Iterable[str]) -> str:
    known = set(taken)
    return next(one for one in (name, *(f"{name}-{at}" for at in range(2, len(known) + 3))) if one not in known)


def _module(layout: Layout, name: str) -> Module:
    for module in layout.modules:
        if module.id == name:
            return module
    known = ", ".join(module.id for module in layout.modules)
    raise Refused(f"There is no module `{name}` in `{layout.sources.pack.course}`; there are: {known}.")


def _folder(module: Module) -> str:
    return module.settings.path.rpartition("/")[0]


def _pages(layout: Layout) -> list[str]:
    """Ids of lessons and quizzes, which share one address."""
    return [text.head["id"] for text in layout.texts()]


def _tags(layout: Layout) -> list[str]:
    """The languages in which a new file has to be there, the source first."""
    others = [tag for tag, state in layout.languages.items() if state == "complete"]
    return [layout.language, *others]


def _titles(titles: Mapping[str, str]) -> str:
    return "".join(f"\n  {tag}: {quoted(title)}" for tag, title in titles.items())


def _lessons(stem: str, name: str, titles: Mapping[str, str]) -> Texts:
    made = {
        f"{stem}.{tag}.md": texts.LESSON.format(id=name, title=quoted(title), note=_note(tag, titles), **texts.of(tag))
        for tag, title in titles.items()
    }
    return _made_from_the_first(made)


def _quizzes(stem: str, name: str, titles: Mapping[str, str], aim: str) -> Texts:
    source = next(iter(titles))
    made = {
        f"{stem}.{tag}.md": texts.QUIZ.format(
            id=name,
            title=quoted(title),
            rules=texts.RULES if tag == source else "",
            note=_note(tag, titles),
            aim=aim,
            **texts.of(tag),
        )
        for tag, title in titles.items()
    }
    return _made_from_the_first(made)


def _made_from_the_first(files: Texts) -> Texts:
    """The files, where translations say that they were made from the source: they are behind once that is written."""
    first = next(iter(files))
    source = classify(first)
    head = compile_source(first, source, files[first].encode()).head if source else None
    made_from = head["digests"] if head else {}
    return {path: text if path == first else recorded(text, made_from) for path, text in files.items()}


def _note(tag: str, titles: Mapping[str, str]) -> str:
    source = next(iter(titles))
    words = texts.of(tag)
    return words["help"] if tag == source else words["translate"].format(source=source)


def quoted(text: str) -> str:
    """A title as YAML: in quotes, so that a colon or a number in it is no surprise. JSON's strings are YAML's."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
