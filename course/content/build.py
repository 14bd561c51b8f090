"""A pack in; an outline out, or everything that is wrong with it."""

from dataclasses import dataclass

from course.content.assemble import assemble
from course.content.checks.ids import check_ids
from course.content.checks.languages import check_languages
from course.content.checks.links import check_links
from course.content.checks.modules import check_requires
from course.content.checks.objectives import check_objectives
from course.content.compiled import Cached, CompiledSource, Key
from course.content.gather import Compile, gather, one_by_one
from course.content.layout import lay_out
from course.content.model import Outline
from course.content.pack import Pack
from course.markup.findings import Finding, Findings


@dataclass(frozen=True, slots=True)
class Built:
    """`outline` is None exactly when there are errors. `findings` are sorted by place, errors and warnings together.

    `compiled` is what was not cached and has been made: to be kept by the caller, also when there are errors.
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
    layout = lay_out(sources)
    if layout is not None:
        check_ids(layout)
        check_requires(layout)
        check_languages(layout, cached)
        check_links(layout)
        check_objectives(layout)
    findings = sources.findings
    outline = assemble(layout) if layout is not None and not findings.errors else None
    return Built(outline, _sorted(findings), sources.made)


def _sorted(findings: Findings) -> tuple[Finding, ...]:
    return tuple(sorted(set(findings)))
