"""The words of a sentence and the marks in it, as Markdown."""

import re
from collections.abc import Iterator
from html import escape as quoted
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from course.markup.inline import RAW_TAGS
from course.markup.writing.tree import Unwritable, tree

_MARKS = re.compile(
    r"[\\`*\[\]|]|(?<![^\W_])_|_(?![^\W_])|<(?![\s\d=])|&(?=#?\w+;)|~(?=~)|(?<=~)~|!$|!(?=\[)|(?<=https):(?=//)"
)
_START = re.compile(r"(#|>|=|[-+*](?=\s|$)|-(?=--)|:(?=-))|(\d{1,9})([.)])(?=\s|$)")
_SPACE = re.compile(r"[^\S\n]")
_ADDRESS = re.compile(r"https://[^\s<>`\"\\()*]+")
_AROUND = {"em": "*", "strong": "**", "del": "~~"}


def line(html: str) -> str:
    """The Markdown of a line of HTML, such as a choice's text: what `render.inline` reads as `html` again."""
    return safe_start(inside(tree(html)).replace("\n", " ").strip())


def inside(parent: Element) -> str:
    """The Markdown of what stands in `parent`, which holds no blocks. Raises Unwritable where it does."""
    return "".join(_pieces(parent))


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it as it is; not yet safe at the beginning of a line (`safe_start`)."""
    marked = _MARKS.sub(lambda mark: f"\\{mark[0]}", text)
    marked = marked.replace("{", "\\{") if "}" in marked else marked
    return _SPACE.sub(lambda space: " " if space[0] == " " else f"&#{ord(space[0])};", marked)


def safe_start(text: str) -> str:
    """A line that Markdown reads as words, whatever it begins with: `1. ` is no list, `=` is no answer."""
    start = _START.match(text)
    if start is None:
        return text
    return f"{start[2]}\\{start[3]}{text[start.end() :]}" if start[2] else f"\\{text}"


def _pieces(parent: Element) -> Iterator[str]:
    yield escaped(parent.text or "")
    for child in parent:
        yield _mark(child)
        yield escaped(child.tail or "")


def _mark(mark: Element) -> str:
    match mark.tag:
        case "br":
            return "<br>"
        case "code":
            return _code("".join(mark.itertext()))
        case "a":
            return _link(mark)
        case "img":
            return f"![{escaped(mark.get('alt', '')).replace(chr(10), ' ')}]({_target(mark.get('src', ''))})"
        case "em" | "strong" | "del":
            return _around(inside(mark), _AROUND[mark.tag])
        case tag if tag in RAW_TAGS:
            named = "".join(f' {name}="{quoted(value)}"' for name, value in mark.attrib.items())
            return f"<{tag}{named}>{inside(mark)}</{tag}>"
    raise Unwritable(f"`<{mark.tag}>` in a sentence")


def _around(words: str, mark: str) -> str:
    """Marks stand close to their words: spaces go outside."""
    core = words.strip()
    if not core:
        return words
    start = words[: len(words) - len(words.lstrip())]
    return f"{start}{mark}{core}{mark}{words[len(words.rstrip()) :]}"


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def _link(link: Element) -> str:
    target = link.get("href", "")
    words = inside(link)
    if "".join(link.itertext()) == target and _ADDRESS.fullmatch(target):
        return f"<{target}>"
    return f"[{words}]({_target(target)})" if target else words


def _target(href: str) -> str:
    """A target as the author writes it; what would end it is percent-encoded."""
    own = href.removeprefix("hole:")
    written = unquote(own) if own != href and re.fullmatch(r"[\w/#:.~-]*", unquote(own)) else own
    return re.sub(r"[\s()<>\\`\"']", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), written)
