"""SVG pictures: how large they are, and that they are pictures only. They are served as files, in a sandbox."""

import re
from xml.parsers import expat

from course.markup.findings import Findings, Place

_ELEMENTS = {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener", "a"}
_ANIMATIONS = {"set", "animate"}
_REFERENCES = {"href", "src"}
_LENGTH = re.compile(r"[0-9]{0,9}\.?[0-9]{1,9}")
_LOADS = re.compile(r"url\(\s*['\"]?\s*(?!#)|javascript:", re.IGNORECASE)
_STYLE_LOADS = re.compile(rf"{_LOADS.pattern}|@import|\\|expression\(", re.IGNORECASE)
_DATA_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
MAX_DEPTH = 60
MAX_ELEMENTS = 20_000


def check_svg(data: bytes, findings: Findings) -> tuple[int, int] | None:
    """The size in pixels of an SVG picture; None where it has none or cannot be read. Its dangers are findings.

    Refused are script, event handlers, links, other documents inside it, entities, and whatever loads from elsewhere.
    """
    reader = _Reader(findings)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.ProcessingInstructionHandler = reader.instruction
    parser.EntityDeclHandler = reader.entity
    parser.buffer_text = True
    reader.parser = parser
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        place = Place("", error.lineno, error.offset + 1)
        message = f"this SVG is not valid XML: {expat.errors.messages.get(error.code, 'it cannot be read')}"
        findings.error(place, "bad-picture", message, "save it again from the drawing program")
    except (ValueError, LookupError):
        findings.error(Place(""), "bad-picture", "this SVG's text encoding is not known", "save it as UTF-8")
    except _Refused:
        pass
    return reader.size


class _Refused(Exception):
    """Reading ends; the finding is already there."""


class _Reader:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.parser: expat.XMLParserType | None = None
        self.open: list[str] = []
        self.elements = 0
        self.size: tuple[int, int] | None = None

    def refuse(self, what: str, remedy: str) -> None:
        line, column = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1) if self.parser else (1, 1)
        self.findings.error(Place("", line, column), "unsafe-picture", what, remedy)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        self.elements += 1
        if not self.open:
            self.root(name, attributes)
        if len(self.open) >= MAX_DEPTH or self.elements > MAX_ELEMENTS:
            self.refuse("this SVG has too many or too deeply nested elements", "simplify it, or use a PNG")
            raise _Refused
        self.open.append(name)
        if name in _ELEMENTS:
            self.refuse(f"this SVG has a <{name}> element", "remove it: a picture may only draw")
        for key, value in attributes.items():
            self.attribute(name, _local(key), value)

    def root(self, name: str, attributes: dict[str, str]) -> None:
        if name != "svg":
            self.refuse(f"this is no SVG: it begins with <{name}>", "save the picture as SVG again")
            raise _Refused
        self.size = _size(attributes)

    def attribute(self, element: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.refuse(f'this SVG has an event handler ("{name}")', "remove it: a picture may only draw")
        elif name in _REFERENCES and not value.strip().startswith("#") and not _DATA_PICTURE.match(value.strip()):
            self.refuse(f"this SVG refers to something outside it ({value.strip()[:40]})", "put it inside the picture")
        elif (_STYLE_LOADS if name == "style" else _LOADS).search(value):
            self.refuse(f'this SVG loads something in "{name}"', "refer to parts of the picture only, as in url(#part)")
        elif element in _ANIMATIONS and name == "attributename" and value.strip().lower().endswith("href"):
            self.refuse("this SVG animates a reference", "remove the animation")

    def characters(self, text: str) -> None:
        if self.open and self.open[-1] == "style" and _STYLE_LOADS.search(text):
            self.refuse("the style of this SVG loads something", "refer to parts of the picture only, as in url(#part)")

    def end(self, tag: str) -> None:
        self.open.pop()

    def instruction(self, target: str, data: str) -> None:
        if target.lower() == "xml-stylesheet":
            self.refuse("this SVG loads a style sheet", "put the style inside the picture")

    def entity(self, *declaration: object) -> None:
        self.refuse("this SVG declares an entity", "write the text out")
        raise _Refused


def _local(name: str) -> str:
    return name.rsplit(" ", 1)[-1].lower()


def _size(attributes: dict[str, str]) -> tuple[int, int] | None:
    sides = [attributes.get(side, "").strip().removesuffix("px").rstrip() for side in ("width", "height")]
    if all(_LENGTH.fullmatch(side) for side in sides):
        width, height = map(float, sides)
    else:
        try:
            _, _, width, height = map(float, attributes.get("viewBox", "").replace(",", " ").split())
        except ValueError:
            return None
    if not (0 < width < 100_000 and 0 < height < 100_000):
        return None
    return max(1, round(width)), max(1, round(height))
