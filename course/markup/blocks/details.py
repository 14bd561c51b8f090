"""Details that open on demand: `<details>`, `<summary>What is inside</summary>`, `</details>`, each on its own line."""

import re

from course.markup.findings import Findings, Place
from course.markup.tokens import Mark, Opened

_OPENING = re.compile(r"<details(?: open)?>\s*(?P<rest>.*)", re.IGNORECASE)
_SUMMARY = re.compile(r"\s*<summary>(?P<words>.*)</summary>\s*", re.IGNORECASE)
_CLOSING = "</details>"


class Details:
    """Reads the lines that open and close details, and says which tokens stand for them."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file = file
        self.findings = findings
        self.open: list[Place] = []
        self.wants_summary = False

    def read(self, text: str, number: int) -> list[Opened] | None:
        """The marks that the line becomes (none yet: its summary comes later); None where it is no such line."""
        place = Place(self.file, number)
        if opening := _OPENING.fullmatch(text):
            self.open.append(place)
            self.wants_summary = True
            return self._summary(opening["rest"]) if opening["rest"] else []
        if text.strip().lower() == _CLOSING:
            if not self.open:
                self.findings.error(place, "stray-details", f"`{_CLOSING}` closes nothing here", "delete it")
                return []
            marks = self.before_text()
            self.open.pop()
            return [*marks, Opened(Mark("end of details"))]
        return self._summary(text) if self.wants_summary and text.strip() else None

    def before_text(self) -> list[Opened]:
        """What has to stand before text: a summary, where one is still missing."""
        if not self.wants_summary:
            return []
        self.wants_summary = False
        self.findings.error(
            self.open[-1],
            "no-summary",
            "these details have no summary",
            "write `<summary>What is inside</summary>` on the line after `<details>`",
        )
        return [Opened(Mark("details"), "…")]

    def close(self, number: int) -> list[Opened]:
        """The marks that close all that is open before line `number`, where a heading or question stands."""
        marks = self.before_text()
        for place in reversed(self.open):
            self.findings.error(
                place,
                "open-details",
                f"`<details>` opens here and is not closed before line {number}",
                f"put a line `{_CLOSING}` after its text, before the next heading or question",
            )
            marks.append(Opened(Mark("end of details")))
        self.open.clear()
        return marks

    def _summary(self, text: str) -> list[Opened] | None:
        summary = _SUMMARY.fullmatch(text)
        if summary is None:
            return None
        self.wants_summary = False
        return [Opened(Mark("details"), summary["words"].strip())]
