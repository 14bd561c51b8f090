"""Which module reads which kind of file."""

from course.content import schema
from course.content.compiled import CompiledSource
from course.content.paths import SourcePath
from course.content.sources import asset, glossary, lesson, quiz, settings
from course.markup.findings import Findings


def compile_kind(path: str, source: SourcePath, data: bytes, findings: Findings) -> CompiledSource:
    """Compile a file of the kind that `source` says; what is wrong goes to `findings`."""
    match source.kind:
        case "lesson":
            return lesson.compile_lesson(data, source.language, findings)
        case "quiz":
            return quiz.compile_quiz(data, source.language, findings)
        case "glossary":
            return glossary.compile_glossary(data, findings)
        case "course":
            return settings.compile_settings(data, schema.CourseFile, findings)
        case "module":
            return settings.compile_settings(data, schema.ModuleFile, findings)
        case "picture":
            return asset.compile_picture(data, path, findings)
        case "attachment":
            return asset.compile_attachment(data, path, findings)
