"""The save protocol once more, in a few lines of plain Python: what the database has to agree with."""

from dataclasses import dataclass, field
from fractions import Fraction

from course.quiz.model import Value

Answers = dict[str, Value | None]

RIGHT: dict[str, dict[str, list[Value]]] = {
    "which": {"en": [["yes"]], "fr": [["yes"]]},
    "so": {"en": [["true"]], "fr": [["true"]]},
    "many": {"en": [{"number": "4321"}], "fr": [{"number": "4321"}]},
    "called": {"en": ["kanari word", "other kanari"], "fr": ["kanari mot"]},
    **{name: {"en": [f"kanari {name}"], "fr": [f"kanari fr {name}"]} for name in "abc"},
}
CORRECTED: dict[str, list[Value]] = {"which": [["no"]], "many": [{"number": "1234"}]}
"""What is right instead by the other key."""

POINTS = {"several": 2, "called": 2, "why": 2}
CANDIDATES: dict[str, list[Value | None]] = {
    "which": [["yes"], ["no"]],
    "several": [None, ["one"], ["one", "two"], ["one", "three"], ["one", "two", "three"]],
    "so": [["true"], ["false"]],
    "many": [None, {"number": "4321"}, {"number": "1234"}, "many"],
    "why": [None, "some words", "some other words"],
    "called": [None, "kanari word", "kanari mot", "other kanari", "wrong"],
    **{name: [None, f"kanari {name}", f"kanari fr {name}", "wrong"] for name in "abc"},
}


def fraction(question: str, value: Value | None, language: str, key: int = 0) -> Fraction:
    """What an answer is worth, by hand; by the other key where `key` is 1. A person says it of a written one."""
    if question == "why":
        return Fraction(0)
    if key and question in CORRECTED:
        return Fraction(value in CORRECTED[question])
    if question == "several":
        chosen = set(value or [])
        return max(Fraction(0), Fraction(len(chosen & {"one", "two"}) - len(chosen - {"one", "two"}), 2))
    return Fraction(value in RIGHT[question][language])


@dataclass(frozen=True)
class Given:
    number: int
    question: str
    value: Value | None
    language: str
    late: bool


@dataclass
class Page:
    """A page in some tab: what it was rendered from, the key it made, and what stands in its fields now."""

    attempt: int
    key: str
    language: str
    bases: dict[str, int]
    fields: Answers


@dataclass
class ModelAttempt:
    """`drawn`: question ids in their order. `key`: which of the two keys it was started on.

    `marks`: by number of a response, what a person or a regrade said of it last.
    """

    number: int
    drawn: list[str]
    deadline: int | None
    started: int = 0
    key: int = 0
    marks: dict[int, Fraction] = field(default_factory=dict)
    closed: int | None = None
    why: str | None = None
    given: list[Given] = field(default_factory=list)
    replies: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)

    def counting(self) -> dict[str, Given]:
        return {given.question: given for given in self.given if not given.late}

    def is_over(self, at: int) -> bool:
        return self.closed is not None or (self.deadline is not None and at > self.deadline)

    def save(self, page: Page, at: int) -> dict[str, object]:
        """The reply to a save of all the page's fields."""
        content = repr((page.language, sorted(page.fields.items()), sorted(page.bases.items())))
        newest = [sent for key, sent in self.replies if key == page.key][-1:]
        if newest != [content]:
            reply = self._keep(page, at)
            self.replies.pop((page.key, content), None)
            self.replies[page.key, content] = reply
        self.settle(at)
        return self.replies[page.key, content]

    def _keep(self, page: Page, at: int) -> dict[str, object]:
        late, made, replaced = self.is_over(at), {}, []
        own = {n for (key, _), reply in self.replies.items() if key == page.key for n in reply["made"].values()}
        before = self.counting()
        for position, question in enumerate(self.drawn, start=1):
            base, value, latest = page.bases[question], page.fields[question], before.get(question)
            if value == (self.given[base - 1].value if base else None):
                continue
            if latest and not late and (latest.value, latest.language) == (value, page.language):
                made[str(position)] = latest.number
                continue
            self.given.append(Given(len(self.given) + 1, question, value, page.language, late))
            made[str(position)] = len(self.given)
            if latest and not late and latest.number not in own | {base}:
                replaced.append(position)
        return {"made": made, "replaced": replaced, "late": late}

    def settle(self, at: int) -> None:
        if self.closed is None and self.is_over(at):
            self.closed, self.why = self.deadline, "overdue"

    def submit(self, at: int) -> None:
        self.settle(at)
        if self.closed is None:
            self.closed, self.why = at, "submitted"

    def regrade(self, key: int) -> None:
        for given in self.counting().values() if self.closed is not None else ():
            if given.value is not None and given.question != "why":
                self.marks[given.number] = fraction(given.question, given.value, given.language, key)

    def to_mark(self) -> Given | None:
        """The written answer, where a person may mark it."""
        given = self.counting().get("why")
        return given if self.closed is not None and given and given.value is not None else None

    def waits(self) -> bool:
        given = self.to_mark()
        return given is not None and given.number not in self.marks

    def worth(self, given: Given) -> Fraction:
        return self.marks.get(given.number, fraction(given.question, given.value, given.language, self.key))

    def grade(self) -> Fraction:
        """0 to 1, over what was drawn."""
        earned = [self.worth(given) * POINTS.get(name, 1) for name, given in self.counting().items()]
        return sum(earned, Fraction(0)) / sum(POINTS.get(question, 1) for question in self.drawn)
