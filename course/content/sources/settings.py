"""`course.yaml` and `module.yaml`."""

from pydantic import BaseModel

from course.content import schema
from course.content.compiled import CompiledSource, Position, SettingsHead
from course.markup import yaml
from course.markup.findings import Findings
from course.markup.source import decode


def compile_settings(data: bytes, model: type[BaseModel], findings: Findings) -> CompiledSource:
    """Read a settings file as `model`; its head is a `SettingsHead`."""
    text = decode(data, "", findings)
    node = yaml.load(text, "", findings) if text is not None else None
    if node is None:
        return CompiledSource(None)
    settings = schema.read(model, node, findings)
    if settings is None:
        return CompiledSource(None)
    head: SettingsHead = {"values": settings.model_dump(mode="json", by_alias=True), "places": positions(node)}
    return CompiledSource(head)


def positions(node: yaml.Node) -> dict[str, Position]:
    """Where each value of `node` begins, by its path joined with `.`."""
    return {".".join(map(str, path)): (place.line, place.column) for path, place in node.places()}
