"""What an author got wrong: where, what, and how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in an author's file. `line` and `column` count from 1; `file` is relative to the pack's root."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend. `rule` is a short stable name (`unknown-key`), for tests and for editors."""

    place: Place
    rule: str
    message: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        label = "" if self.severity == "error" else "warning: "
        return f"{self.place}: {label}{self.message}; {self.remedy}"


@dataclass(slots=True)
class Findings:
    """Collects what is wrong with a pack, so that an author sees all of it in one run."""

    found: list[Finding] = field(default_factory=list)

    def error(self, place: Place, rule: str, message: str, remedy: str) -> None:
        self.found.append(Finding(place, rule, message, remedy))

    def warn(self, place: Place, rule: str, message: str, remedy: str) -> None:
        self.found.append(Finding(place, rule, message, remedy, "warning"))

    def extend(self, other: "Findings") -> None:
        self.found.extend(other.found)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.found if finding.severity == "error"]

    def __iter__(self) -> Iterator[Finding]:
        return iter(sorted(self.found))

    def __len__(self) -> int:
        return len(self.found)
