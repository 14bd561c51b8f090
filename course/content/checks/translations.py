"""Translations that are behind their source, where their files say from what they were made."""

from course.content.layout import Layout
from course.content.translations import translations
from course.content.units import KEY, TOP


def check_translations(layout: Layout) -> None:
    """A warning at each section or question whose source has changed since it was translated."""
    for found in translations(layout):
        text = layout.sources.lessons if found.kind == "lesson" else layout.sources.quizzes
        file = text[found.path.rsplit(".", 2)[0]].get(found.language)
        for unit in found.having("behind") if file else ():
            assert file is not None
            what = "its beginning" if unit.name == TOP else f'"{unit.name}"'
            message = f"{what} has changed in {layout.language} since it was translated"
            remedy = f"bring it up to date, then run `course translated {found.path}`"
            layout.findings.warn(file.at((unit.line, 1)), "behind", message, remedy)
    for source in layout.texts():
        if source.head["made_from"] and source.path.endswith(f".{layout.language}.md"):
            place = source.at(source.head["places"].get(KEY))
            layout.findings.error(place, KEY, f"`{KEY}` stands in the source language", "take it out")
