"""HTML that somebody's editor made, as the HTML that our Markdown makes: sanitised, plain, without pictures."""

import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

import nh3

from course.formats.report import About
from course.markup.findings import Findings, Place
from course.markup.html import plain
from course.markup.render import fragment, inline
from course.markup.writing import Unwritable, blocks, line
from course.markup.writing.tree import tree
from course.quiz.model import EMPTY, Html

MOST = 50_000
"""Characters in one text."""

_RENAMED = {"b": "strong", "i": "em", "u": "ins", "s": "del", "strike": "del", "tt": "code", "samp": "code"}
_BLOCKS = {"p", "div", "ul", "ol", "li", "blockquote", "pre", "table", "thead", "tbody", "tr", "td", "th", "hr"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_INLINE = {"a", "br", "code", "del", "em", "img", "ins", "kbd", "mark", "q", "cite", "strong", "sub", "sup"}
_cleaner = nh3.Cleaner(
    tags=_BLOCKS | _HEADINGS | _INLINE | set(_RENAMED),
    clean_content_tags={"script", "style", "svg", "math", "object", "iframe", "audio", "video", "noscript"},
    attributes={"a": {"href"}, "img": {"alt"}, "ol": {"start"}},
    url_schemes={"https", "http", "mailto"},
    link_rel=None,
)
_MEDIA = re.compile(r"<(img|audio|video|iframe|object|embed|svg|math)\b", re.IGNORECASE)
_NAMES = {"img": "picture", "audio": "recording", "video": "film", "svg": "picture", "math": "formula"}
_FORMULA = re.compile(r"\$\$.+?\$\$|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
_FIRST = re.compile(r"<p>((?:(?!</p>).)*)</p>", re.DOTALL)
_CODE = re.compile(r"<pre><code>(.*?)\n?</code></pre>", re.DOTALL)
_NOWHERE = Place("")


def paragraphs(html: str, note: About) -> Html:
    """Blocks of foreign HTML as ours. What is lost is noted: pictures, recordings, formulas, marks we have not."""
    root = _cleaned(html, note)
    if root is None:
        return EMPTY
    for write in (_with_marks, _plain_paragraphs):
        try:
            findings = Findings()
            made = fragment(write(root), _NOWHERE, findings)
        except Unwritable:
            continue
        if not findings.errors and plain(made).split() == _words(root).split():
            return made
    note(f"a text could not be read as Markdown and is left out: “{_words(root)[:80]}”")
    return EMPTY


def sentence(html: str, note: About) -> Html:
    """Foreign HTML on one line, as a choice or a heading needs it; a further paragraph goes on after a break."""
    whole = paragraphs(html, note)
    if not whole:
        return EMPTY
    flat = _CODE.sub(lambda code: f"<code>{' '.join(code[1].split())}</code>", whole)
    parts = [
        part.strip() for part in re.split(r"</?(?:p|ul|ol|li|blockquote|div|table|thead|tbody|tr|hr)\b[^>]*>", flat)
    ]
    joined = "<br>".join(re.sub(r"</?t[dh]\b[^>]*>", " ", part) for part in parts if part)
    findings = Findings()
    made = inline(line(" ".join(joined.split())), _NOWHERE, findings)
    return made if not findings.errors else inline(line(escape(plain(whole), quote=False)), _NOWHERE, Findings())


def split_prompt(text: Html, name: str) -> tuple[Html, Html]:
    """The first paragraph of a question's text as its heading, and the rest. Without one, its name is the heading."""
    first = _FIRST.match(text)
    if first is None or not plain(Html(first[1])) or "\ue000" in first[1]:
        return Html(escape(" ".join(name.split()), quote=False)), text
    return Html(" ".join(first[1].split())), Html(text[first.end() :])


def as_html(text: str, kind: str, note: About) -> str:
    """A text in the format that a file names (`html`, `markdown`, `plain_text`, `moodle_auto_format`) as HTML."""
    if kind == "markdown":
        findings = Findings()
        made = fragment(text, _NOWHERE, findings)
        return made if made and not findings.errors else f"<p>{escape(text, quote=False)}</p>"
    if kind in ("plain_text", "plain"):
        return "<br>".join(escape(text.strip(), quote=False).split("\n"))
    return text if kind == "html" else "<br>".join(text.strip().split("\n"))


def _cleaned(html: str, note: About) -> Element | None:
    """The tree of what may stay; None where there are no words in it."""
    if len(html) > MOST:
        note(f"a text of {len(html):,} characters is left out: {MOST:,} are the most")
        return None
    for kind in dict.fromkeys(name.lower() for name in _MEDIA.findall(html)):
        note(f"a {_NAMES.get(kind, 'thing from another page')} is not carried")
    if _FORMULA.search(html):
        note("a formula stays as it is written, since formulas are not read here")
    try:
        root = tree(_cleaner.clean(html))
    except Unwritable as error:
        note(f"{error} is left out")
        return None
    for element in root.iter():
        _simplify(element, note)
    _spaces(root)
    return root if _words(root) else None


def _simplify(element: Element, note: About) -> None:
    element.tag = _RENAMED.get(element.tag, element.tag)
    if element.tag in _HEADINGS:
        _wrap(element)
    elif element.tag in ("code", "pre"):
        _only_text(element)
    elif element.tag == "img":
        _say(element, f"[{element.get('alt', '')}]" if element.get("alt", "").strip() else "")
    elif element.tag == "a":
        _link(element, note)
    elif element.tag in ("td", "th"):
        _flatten(element)


def _wrap(heading: Element) -> None:
    """A heading inside a question becomes a paragraph in bold."""
    strong = Element("strong")
    strong.text, strong[:] = heading.text, list(heading)
    heading.tag, heading.text, heading[:] = "p", None, [strong]


def _only_text(code: Element) -> None:
    for br in code.iter("br"):
        br.text = "\n"
    text = "".join(code.itertext())
    code[:] = []
    code.text = text


def _say(element: Element, words: str) -> None:
    element.tag, element.text = "span", words
    element.attrib.clear()


def _link(link: Element, note: About) -> None:
    target = link.get("href", "")
    if target.startswith(("https:", "mailto:")) and "".join(link.itertext()).strip():
        return
    if target:
        note(f"the link to {target[:100]} is not carried: it is not encrypted, or has no words")
    link.tag = "span"
    link.attrib.clear()


def _flatten(cell: Element) -> None:
    """Paragraphs in a cell become one line."""
    for child in cell:
        if child.tag in ("p", "div"):
            child.tag = "span"
            child.tail = f" {child.tail or ''}"


def _spaces(root: Element) -> None:
    """White space counts in code only."""
    for element in root.iter():
        if element.tag not in ("pre", "code"):
            element.text = re.sub(r"[ \t\r\n\f]+", " ", element.text or "")
        element.tail = re.sub(r"[ \t\r\n\f]+", " ", element.tail or "")


def _serialised(root: Element) -> str:
    return "".join(_html(root))


def _html(element: Element) -> Iterator[str]:
    yield escape(element.text or "", quote=False)
    for child in element:
        if child.tag == "span":
            yield from _html(child)
        elif child.tag in ("br", "hr"):
            yield f"<{child.tag}>"
        elif child.tag in ("thead", "tbody"):
            yield from _html(child)
        else:
            named = "".join(f' {name}="{escape(value)}"' for name, value in child.attrib.items())
            inner = "".join(_html(child))
            yield (
                f"<pre><code>{inner.strip(chr(10))}\n</code></pre>"
                if child.tag == "pre"
                else (f"<{child.tag}{named}>{inner}</{child.tag}>")
            )
        yield escape(child.tail or "", quote=False)


def _words(root: Element) -> str:
    return plain(Html(_serialised(root)))


def _with_marks(root: Element) -> str:
    return blocks(_serialised(root))


def _plain_paragraphs(root: Element) -> str:
    """The words alone, where marks are nested as Markdown cannot say it."""
    html = re.sub(r"</(?:p|div|li|tr|pre|blockquote)>", "\ue002", _serialised(root))
    parts = [plain(Html(part)) for part in html.split("\ue002")]
    return blocks("".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part))
