"""Callouts: a quote that begins with `[!NOTE]` and the like, as Git hosts show them."""

import re
from xml.etree.ElementTree import Element

from course.markup.findings import Findings
from course.markup.links import Locator
from course.markup.tree import element, move

KINDS = ("note", "tip", "important", "warning", "caution", "example")
_OPENING = re.compile(r"\s*\[!(?P<kind>[A-Za-z]{1,20})\](?P<rest>[^\n]*)(?:\n|$)")


def build(quote: Element, locator: Locator, findings: Findings) -> Element:
    """`quote` as an aside if it is a callout, else as it is. An unknown kind is a finding."""
    first = quote[0] if len(quote) else None
    match = _OPENING.match(first.text or "") if first is not None and first.tag == "p" else None
    if first is None or match is None:
        return quote
    kind = match["kind"].lower()
    if kind not in KINDS:
        findings.error(
            locator.find(f"[!{match['kind']}]"),
            "unknown-callout",
            f"`[!{match['kind']}]` is no kind of callout",
            f"use one of {', '.join(f'[!{known.upper()}]' for known in KINDS)}",
        )
        return quote
    if match["rest"].strip():
        findings.error(
            locator.find(f"[!{match['kind']}]"),
            "callout-line",
            f"text stands on the line of `[!{match['kind']}]`",
            "begin it on the next line, after `> `: Git hosts show no callout otherwise",
        )
    first.text = match["rest"].lstrip() + (first.text or "")[match.end() :]
    if not first.text.strip() and not len(first):
        quote.remove(first)
    title = element("p", {"class": "callout-title"}, element("span", {"data-label": kind}))
    return move(quote, element("aside", {"class": f"callout callout-{kind}", "role": "note"}, title))
