"""Builds our blocks in the library's tree: what tokens stand for, callouts, tables, figures, details."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from course.markup.blocks import callout, figure
from course.markup.blocks.job import Job
from course.markup.blocks.table import dress, scrolling
from course.markup.findings import Findings
from course.markup.links import Locator
from course.markup.tokens import Caption, Code, Mark, NoteStart, Subheading, Thing, Tokens
from course.markup.tree import element, move, words

_CONTAINERS = {"blockquote", "ul", "ol", "li", "div", "aside"}


@dataclass(slots=True)
class Assembly:
    """One tree while it is built. `notes` has, for each label of a footnote, an element that holds its blocks."""

    tokens: Tokens
    locator: Locator
    findings: Findings
    notes: dict[str, Element] = field(default_factory=dict)

    def build(self, root: Element) -> None:
        """Replace the blocks under `root`. What belongs to a footnote is moved to `notes`."""
        page = self._built(root)
        root.text = None
        root[:] = []
        stack = [root]
        for block in page:
            thing = self._thing(block)
            if isinstance(thing, Mark):
                self._mark(thing, block, stack)
            elif isinstance(thing, NoteStart):
                del stack[1:]
                stack[0] = self.notes[thing.label] = element("div", None, self._untokened(block, "p"))
            else:
                stack[-1].append(block)

    def _built(self, parent: Element) -> list[Element]:
        built: list[Element] = []
        for block in list(parent):
            tail = block.tail
            if block.tag in _CONTAINERS:
                block[:] = self._built(block)
            self._place(block, built)
            built[-1].tail = tail
        return built

    def _place(self, block: Element, built: list[Element]) -> None:
        thing = self._thing(block)
        if isinstance(thing, Caption):
            self._caption(thing, block, built)
        elif isinstance(thing, Code):
            code = element("code", None, "\n".join([*thing.fence.code, ""]))
            built.append(element("pre", None, code))
        elif isinstance(thing, Subheading):
            heading = self._untokened(block, f"h{thing.level}")
            if thing.id is not None:
                heading.set("id", thing.id)
            built.append(heading)
        else:
            built.append(self._dressed(block))

    def _dressed(self, block: Element) -> Element:
        if block.tag == "table":
            dress(block)
            return scrolling(block)
        if block.tag == "blockquote":
            return callout.build(block, self.locator, self.findings)
        if block.tag == "p" and len(block) == 1 and block[0].tag == "img" and not _has_text(block):
            return figure.picture(block[0])
        return block

    def _caption(self, caption: Caption, block: Element, built: list[Element]) -> None:
        label = self._untokened(block, "figcaption")
        job = Job(caption.place, words(label), self.tokens, self.findings)
        made = figure.build(built[-1] if built else None, caption, label, job)
        if made is None:
            built.append(move(label, element("p")))
            return
        if caption.id is not None:
            made.set("id", caption.id)
        built[-1] = made

    def _mark(self, mark: Mark, block: Element, stack: list[Element]) -> None:
        if mark.kind == "details":
            details = element("details", {"class": "more"}, self._untokened(block, "summary"))
            stack[-1].append(details)
            stack.append(details)
        elif mark.kind == "end of details" and len(stack) > 1:
            stack.pop()

    def _thing(self, block: Element) -> Thing | None:
        found = self.tokens.lead(block.text) if block.tag == "p" else None
        return found[0] if found else None

    def _untokened(self, block: Element, tag: str) -> Element:
        """The words after a token, in an element of their own."""
        found = self.tokens.lead(block.text)
        if found:
            block.text = found[1]
        return move(block, element(tag))


def _has_text(block: Element) -> bool:
    return bool((block.text or "").strip() or (block[0].tail or "").strip())
