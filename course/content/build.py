"""A pack in; an outline out, or everything that is wrong with it."""

from dataclasses import dataclass

from course.content.assemble import assemble
from course.content.checks.glossary import check_glossary
from course.content.checks.ids import check_ids
from course.content.checks.languages import check_languages
from course.content.checks.links import check_links
from course.content.checks.modules import check_requires
from course.content.checks.objectives import check_objectives
from course.content.checks.rules import check_rules
from course.content.checks.translations import check_translations
from course.content.collector import collector_paused
from course.content.compiled import Cached, CompiledSource, Key
from course.content.gather import Compile, Sources, gather, one_by_one
from course.content.layout import lay_out
from course.content.model import Outline
from course.content.pack import Pack
from course.markup.findings import Finding


@dataclass(frozen=True, slots=True)
class Built:
    """`outline` is None exactly when there are errors. `findings` are sorted by place, errors and warnings together.

    `compiled` is what was not cached and has been made, as far as it is fit to be kept: the caller keeps it, also when
    there are errors.
    """

    outline: Outline | None
    findings: tuple[Finding, ...]
    compiled: dict[Key, CompiledSource]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")


def build(pack: Pack, cached: Cached = lambda key: None, compile_all: Compile = one_by_one) -> Built:
    """Compile and check a pack. `cached` looks up what was compiled before (`compiled.source_key`, `pair_key`)."""
    sources = gather(pack, cached, compile_all)
    with collector_paused():
        outline = _checked(sources, cached)
    lasting = {key: compiled for key, compiled in sources.made.items() if compiled.lasts}
    return Built(outline, tuple(sorted(set(sources.findings))), lasting)


def _checked(sources: Sources, cached: Cached) -> Outline | None:
    layout = lay_out(sources)
    if layout is None:
        return None
    check_ids(layout)
    check_requires(layout)
    check_languages(layout, cached)
    check_glossary(layout)
    check_links(layout)
    check_objectives(layout)
    check_rules(layout)
    check_translations(layout)
    return None if sources.findings.errors else assemble(layout)
