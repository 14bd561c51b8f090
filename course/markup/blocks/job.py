"""What a block may ask for while it is built."""

from dataclasses import dataclass

from course.markup.findings import Findings, Place
from course.markup.tokens import Picture, Tokens


@dataclass(frozen=True, slots=True)
class Job:
    """One caption's work: where it stands, what it says, where findings go, and where pictures are kept."""

    place: Place
    words: str
    tokens: Tokens
    findings: Findings

    def picture(self, svg: str) -> str:
        """Text that becomes `svg` after the sanitiser. The SVG is ours: author's words in it must be escaped."""
        return self.tokens.put(Picture(svg))

    def error(self, rule: str, message: str, remedy: str) -> None:
        """A finding at the caption."""
        self.findings.error(self.place, rule, message, remedy)
