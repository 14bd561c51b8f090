"""The allow-list: which tags, attributes, classes and URL schemes a page may get from an author's text.

Classes and roles are ours, since the tree is built by us; the list is the second belt.
"""

import re

import nh3

_INLINE = {"a", "abbr", "bdi", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins"} | {
    "kbd",
    "mark",
    "q",
    "span",
    "strong",
    "sub",
    "sup",
}
_BLOCKS = {"aside", "blockquote", "details", "div", "figcaption", "figure", "h3", "h4", "h5", "h6", "hr"} | {
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "ul",
}
_TABLE = {"table", "thead", "tbody", "tr", "th", "td"}

_OF_LANGUAGE = {"lang", "dir", "title"}
_ATTRIBUTES: dict[str, set[str]] = {
    **dict.fromkeys(("abbr", "bdi", "cite", "del", "dfn", "i", "ins", "kbd", "mark", "q", "sub"), _OF_LANGUAGE),
    "a": {"href", "rel", "aria-label"},
    "aside": set(),
    "div": {"tabindex", "aria-label"},
    "figure": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
    "img": {"src", "alt", "loading", "decoding"},
    "li": {"id"},
    "ol": {"start"},
    "span": {"lang", "dir", "title", "data-label"},
    "sup": {"id", "lang", "dir", "title"},
    "td": {"data-label"},
    "th": {"scope"},
}
_ROLES: dict[str, dict[str, set[str]]] = {
    "a": {"role": {"doc-noteref", "doc-backlink"}},
    "aside": {"role": {"note"}},
    "div": {"role": {"region"}},
    "ol": {"role": {"list"}},
    "table": {"role": {"table"}},
    "tbody": {"role": {"rowgroup"}},
    "td": {"role": {"cell"}},
    "th": {"role": {"columnheader", "rowheader"}},
    "thead": {"role": {"rowgroup"}},
    "tr": {"role": {"row"}},
}
_SERIES = {f"series-{number}" for number in range(1, 7)}
_ALIGN = {"align-center", "align-end"}
_CLASSES: dict[str, set[str]] = {
    "a": {"note-back"},
    "aside": {"callout"}
    | {f"callout-{kind}" for kind in ("note", "tip", "important", "warning", "caution", "example")},
    "details": {"more"},
    "div": {"table", "timeline-what", "cycle-text", "compare-value"},
    "figure": {"figure"} | {f"figure-{kind}" for kind in ("image", "table", "timeline", "cycle", "compare", "chart")},
    "li": {f"phase-{number}" for number in range(1, 9)},
    "ol": {"notes", "timeline", "cycle-list", "names-only"},
    "p": {"callout-title"},
    "span": {"timeline-when", "chart-value", "chart-key"} | _SERIES,
    "strong": {"cycle-name"},
    "sup": {"note-ref"},
    "table": {"compare", "chart"},
    "td": _ALIGN | _SERIES,
    "th": _ALIGN,
}

_cleaner = nh3.Cleaner(
    tags=_INLINE | _BLOCKS | _TABLE,
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    tag_attribute_values=_ROLES,
    allowed_classes=_CLASSES,
    url_schemes={"https", "mailto", "hole"},
    link_rel=None,
)


_TEXT = re.compile(r"(?:^|>)[^<>]*")


def sanitise(html: str) -> str:
    """`html` with nothing in it but what is allowed. Text that reads like a hole, as in code about HTML, is none."""
    clean = _cleaner.clean(html)
    if clean.count('="hole:') + clean.count('="label:') == 0:
        return clean
    return _TEXT.sub(lambda found: found[0].replace('="', "=&quot;"), clean)
