"""Pictures and attachments."""

from course.content.compiled import AssetHead, CompiledSource
from course.content.pack import too_large
from course.content.paths import suffix
from course.content.sources.image_size import image_size
from course.content.sources.svg import check_svg
from course.markup.findings import Findings, Place


def compile_picture(data: bytes, path: str, findings: Findings) -> CompiledSource:
    """Check a picture and measure it; its head is an `AssetHead`."""
    if too_large(path, len(data), findings):
        return CompiledSource(None)
    ending = suffix(path)
    size = check_svg(data, findings) if ending == "svg" else image_size(data, ending)
    if size is None and not findings.errors:
        remedy = "give its <svg> a viewBox" if ending == "svg" else "save the picture again, as the kind its name says"
        message = "the size of this picture is not known" if ending == "svg" else f"this is no {ending.upper()} picture"
        findings.error(Place(""), "bad-picture", message, remedy)
    width, height = size or (None, None)
    head: AssetHead = {"size": len(data), "width": width, "height": height}
    return CompiledSource(head)


def compile_attachment(data: bytes, path: str, findings: Findings) -> CompiledSource:
    """Check the size of an attachment; its head is an `AssetHead`."""
    too_large(path, len(data), findings)
    head: AssetHead = {"size": len(data), "width": None, "height": None}
    return CompiledSource(head)
