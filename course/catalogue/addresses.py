"""Where the pages of a published course are: written into its texts when they are linked."""

from dataclasses import dataclass
from posixpath import basename
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses of one course in one language, as its links need them."""

    course: str
    language: str

    @property
    def home(self) -> str:
        return f"/{self.language}/courses/{self.course}/"

    def lesson(self, lesson: str, section: str = "") -> str:
        return f"{self.home}{lesson}/" + _anchor(section)

    def quiz(self, quiz: str) -> str:
        return f"{self.home}quizzes/{quiz}/"

    def asset(self, hash: str, name: str) -> str:
        return f"/assets/{hash}/{quote(basename(name))}"

    def glossary(self, term: str = "") -> str:
        return f"{self.home}glossary/" + _anchor(term)


def _anchor(name: str) -> str:
    return f"#{quote(name)}" if name else ""
