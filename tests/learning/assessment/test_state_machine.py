"""Attempts under any order of steps that learners, their tabs and the clock can take, against a model of them.

After each step the rows are compared with the model, on SQLite and on PostgreSQL. By the design's numbers it holds:
1 and 2 (what was acknowledged is there; a repetition changes nothing; a stale page overwrites nothing), 3 (limits,
grants, opening, closing, pauses and numbers), 6 (grades recomputed), 7 (no key before its release), 8 (a client's
claims are not heard), 9 (late saves).
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from course import clock
from course.db import db, transaction
from course.errors import Conflict
from course.learning.assessment import actions, queries
from course.learning.assessment.answers import answer
from course.learning.assessment.models import Attempt
from course.quiz import millionths
from tests.learning.assessment.conftest import MINUTE, NOON, Desk, iso
from tests.learning.assessment.model import CANDIDATES, ModelAttempt, Page
from tests.learning.assessment.pack import CANARY
from tests.learning.assessment.pages import Browser

ALLOWED = {"basics": 3, "timed": 2}
OPENS, CLOSES, COOL_DOWN, LIMIT = NOON + MINUTE, NOON + 40 * MINUTE, 5 * MINUTE, 10 * MINUTE
RULED = f"\nopens: {iso(OPENS)}\ncloses: {iso(CLOSES)}\ncool-down: 5 min"
LIES = {"at": ["1"], "late": ["0"], "grade": ["1000000"], "fraction": ["1"], "closed": [""], "number": ["9"]}
LANGUAGES = st.sampled_from(["en", "fr"])


class Attempts(RuleBasedStateMachine):
    """One learner, one quiz, any number of tabs."""

    ruled: ClassVar[bool] = False
    """Whether the quizzes open and close, and ask for a pause between attempts."""

    enrol: ClassVar[Callable[[], Desk]]
    sign_in: ClassVar[Callable[[Desk], Browser]]
    pages: Bundle = Bundle("pages")

    @initialize(quiz=st.sampled_from(["basics", "timed"]))
    def begin(self, quiz: str) -> None:
        self.quiz, self.desk = quiz, type(self).enrol()
        self.desk.complete_first_module()
        self.browser = type(self).sign_in(self.desk)
        self.attempts: list[ModelAttempt] = []
        self.trainer = type(self).enrol().person
        self.granted: dict[int | None, tuple[int, int]] = {}
        self.most = ALLOWED[quiz]
        self.keys = 0
        self.key = 0
        self.clock = clock.use(lambda: self.desk.at)

    def teardown(self) -> None:
        if hasattr(self, "clock"):
            clock.use(self.clock)
        db.session.remove()

    @rule(seed=st.integers(0, 1000))
    def start(self, seed: int) -> None:
        open_ones = [attempt.number for attempt in self.attempts if not attempt.is_over(self.desk.at)]
        if not open_ones and self._is_barred():
            with pytest.raises(Conflict):
                self.desk.start(self.quiz, seed)
            return
        started = self.desk.start(self.quiz, seed)
        assert started.number == (open_ones[0] if open_ones else len(self.attempts) + 1)
        if not open_ones:
            for attempt in self.attempts:
                attempt.settle(self.desk.at)
            drawn = [row.question for row in queries.drawn(started)]
            self.attempts.append(
                ModelAttempt(started.number, drawn, self._deadline(self.desk.at), started=self.desk.at, key=self.key)
            )
        assert started.deadline == self.attempts[-1].deadline

    @property
    def _extra(self) -> tuple[int, int]:
        """What was granted: attempts, and percent of time."""
        given = self.granted.values()
        return max((attempts for attempts, _ in given), default=0), max((time for _, time in given), default=0)

    def _is_barred(self) -> bool:
        at, ended = self.desk.at, [attempt.closed or attempt.deadline or 0 for attempt in self.attempts]
        if len(self.attempts) >= ALLOWED[self.quiz] + self._extra[0]:
            return True
        return self.ruled and (at < OPENS or at >= CLOSES or at < max(ended, default=0) + COOL_DOWN * bool(ended))

    def _deadline(self, started: int) -> int | None:
        limit = [started + LIMIT * (100 + self._extra[1]) // 100] if self.quiz == "timed" else []
        return min([*limit, *([CLOSES] if self.ruled else [])], default=None)

    @rule(attempts=st.integers(0, 1), time=st.sampled_from([0, 50]), everywhere=st.booleans())
    def grant(self, attempts: int, time: int, everywhere: bool) -> None:
        """The latest grant counts; it may be less than an earlier one, and shortens nothing."""
        item, enrolment = self.desk.published.item("quiz", self.quiz), self.desk.enrolment
        where = None if everywhere else item
        with transaction():
            actions.grant(
                enrolment, where, attempts=attempts, time=time, by=self.trainer, reason="needs it", at=self.desk.at
            )
        self.granted[where] = (attempts, time)
        self.most = max(self.most, ALLOWED[self.quiz] + self._extra[0])
        for attempt in self.attempts:
            if not attempt.is_over(self.desk.at) and attempt.deadline is not None:
                attempt.deadline = max(attempt.deadline, self._deadline(attempt.started) or 0)

    @precondition(lambda self: self.attempts)
    @rule(target=pages, language=LANGUAGES, data=st.data())
    def open_tab(self, language: str, data: st.DataObject) -> Page:
        """Any attempt, even one that is over: its page may have stayed open."""
        return self._rendered(data.draw(st.sampled_from(self.attempts)), language)

    def _rendered(self, attempt: ModelAttempt, language: str) -> Page:
        self.keys += 1
        counting = attempt.counting()
        fields = {name: counting[name].value if name in counting else None for name in attempt.drawn}
        bases = {name: counting[name].number if name in counting else 0 for name in attempt.drawn}
        return Page(attempt.number, f"key-{self.keys}", language, bases, fields)

    @rule(page=pages, data=st.data())
    def type_something(self, page: Page, data: st.DataObject) -> None:
        """Nothing is sent. What stands in the fields is saved by whatever comes next on this page."""
        name = data.draw(st.sampled_from(self._of(page).drawn))
        page.fields[name] = data.draw(st.sampled_from(CANDIDATES[name]))

    @rule(page=pages)
    def save(self, page: Page) -> None:
        """Also: a double click, going Back and saving again, a stale tab."""
        self._save(page)

    @rule(page=pages, data=st.data())
    def save_by_the_enhancement(self, page: Page, data: st.DataObject) -> None:
        """A new key for each content, the bases of the reply, and now and then the same request once more."""
        self.keys += 1
        page.key = f"key-{self.keys}"
        before = Page(page.attempt, page.key, page.language, dict(page.bases), dict(page.fields))
        reply = self._save(page)
        for position, number in reply.made.items():
            page.bases[self._of(page).drawn[int(position) - 1]] = number
        if data.draw(st.booleans()):
            assert self._save(before) == reply

    @rule(target=pages, page=pages, language=LANGUAGES)
    def switch_language(self, page: Page, language: str) -> Page:
        self._save(page)
        return self._rendered(self._of(page), language)

    @rule(page=pages)
    def submit(self, page: Page) -> None:
        attempt = self._of(page)
        expected = attempt.save(page, self.desk.at)
        attempt.submit(self.desk.at)
        form = self._form(page)
        assert asdict(self.desk.submit_form(self._row(attempt), form, page.key, page.language)) == expected

    @precondition(lambda self: self.attempts)
    @rule()
    def submit_without_a_form(self) -> None:
        attempt = self.attempts[-1]
        attempt.submit(self.desk.at)
        self.desk.submit(self._row(attempt))

    @rule(minutes=st.sampled_from([0, 1, 4, 11]))
    def wait(self, minutes: int) -> None:
        self.desk.at += minutes * MINUTE + 1

    @precondition(lambda self: any(a.deadline and not a.is_over(self.desk.at) for a in self.attempts))
    @rule(past=st.integers(0, 1))
    def wait_until_the_deadline(self, past: int) -> None:
        self.desk.at = (self.attempts[-1].deadline or 0) + past

    @rule()
    def sweep(self) -> None:
        self.desk.sweep()
        for attempt in self.attempts:
            attempt.settle(self.desk.at)

    @precondition(lambda self: self.attempts)
    @rule(data=st.data(), where=st.sampled_from(["", "submission", "result"]), language=LANGUAGES)
    def look(self, data: st.DataObject, where: str, language: str) -> None:
        """Any page: no key, unless the rules released it, and no change."""
        number = data.draw(st.integers(1, len(self.attempts)))
        self.browser.seen.clear()
        self.browser.open(f"/{language}/courses/demo/quizzes/{self.quiz}/attempts/{number}/{where}")
        typed = [str(given.value) for attempt in self.attempts for given in attempt.given]
        seen = "".join(self.browser.seen)
        for own in sorted(typed, key=len, reverse=True):
            seen = seen.replace(own, "")
        if not self._key_is_released(number):
            assert CANARY not in seen
            assert "4321" not in seen

    def _key_is_released(self, number: int) -> bool:
        if self.quiz == "timed":
            return self.attempts[number - 1].is_over(self.desk.at)
        used_up = len(self.attempts) >= ALLOWED["basics"] + self._extra[0] or (self.ruled and self.desk.at >= CLOSES)
        return used_up and all(one.is_over(self.desk.at) for one in self.attempts)

    def _save(self, page: Page) -> actions.Saved:
        attempt = self._of(page)
        expected = attempt.save(page, self.desk.at)
        saved = self.desk.send(self._row(attempt), self._form(page), page.key, page.language)
        assert asdict(saved) == expected
        return saved

    def _of(self, page: Page) -> ModelAttempt:
        return self.attempts[page.attempt - 1]

    def _row(self, attempt: ModelAttempt) -> Attempt:
        return self.desk.attempt(attempt.number, self.quiz)

    def _form(self, page: Page) -> dict[str, list[str]]:
        return self.desk.form(self._row(self._of(page)), page.fields, page.language, **page.bases) | LIES

    @invariant()
    def the_rows_agree_with_the_model(self) -> None:
        if not hasattr(self, "attempts"):
            return
        rows = queries.attempts(self.desk.enrolment, self.desk.published.item("quiz", self.quiz))
        assert [row.number for row in rows] == list(range(1, len(self.attempts) + 1))
        assert len(rows) <= self.most
        assert sum(row.closed is None for row in rows) <= 1
        for row, attempt in zip(rows, self.attempts, strict=True):
            assert (row.closed, row.why, row.deadline) == (attempt.closed, attempt.why, attempt.deadline)
            names = {drawn.id: drawn.question for drawn in queries.drawn(row)}
            given = [
                (one.number, names[one.attempt_question_id], answer(one), one.language, one.late)
                for one in queries.responses(row)
            ]
            assert given == [(g.number, g.question, g.value, g.language, g.late) for g in attempt.given]
            if row.closed is not None:
                assert row.grade == actions.recompute(row) == millionths(attempt.grade())
            else:
                assert row.grade is None


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("size", [pytest.param((8, 25)), pytest.param((150, 50), marks=pytest.mark.slow)])
def test_attempts_hold_their_invariants_whatever_happens(
    enrol: Callable[[], Desk],
    sign_in: Callable[[Desk], Browser],
    republish: Callable[..., None],
    size: tuple[int, int],
    ruled: bool,
) -> None:
    examples, steps = size
    if ruled:
        republish(**{"pass: 60%": f"pass: 60%{RULED}", "pass: 50%": f"pass: 50%{RULED}"})
    bound = {"enrol": staticmethod(enrol), "sign_in": staticmethod(sign_in), "ruled": ruled}
    machine = type("BoundAttempts", (Attempts,), bound)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
