"""A simulated learner's way through a course, by the same actions as a real one's, at moments in the past."""

from dataclasses import dataclass
from random import Random

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.clock import MICROSECONDS
from course.demo.answers import answered
from course.demo.cast import Character
from course.errors import Conflict, NotAllowed
from course.learning.assessment import actions as assessment
from course.learning.assessment import queries as attempts
from course.learning.assessment.models import Attempt
from course.learning.models import Enrolment
from course.learning.reading import actions as reading
from course.learning.reading import rules
from course.quiz import fill, millionths, score
from course.quiz.model import Question

MINUTE = 60 * MICROSECONDS
DAY = 24 * 60 * MINUTE
PRACTICE = 0.6
"""More ability with each attempt: the feedback was read."""
TIRING = 9
"""One lesson in so many loses more people than others: for the funnel to show."""


@dataclass(slots=True)
class Life:
    """Where a simulated learner is: the moment in their life, and the end of it, which is now."""

    who: Character
    published: Published
    enrolment: Enrolment
    chance: Random
    at: int
    now: int

    def live(self) -> None:
        """Read and take quizzes until patience or time ends."""
        for number, (kind, name) in enumerate(rules.stops(self.published)):
            if self.at > self.now or self._has_enough(number, kind):
                return
            if kind == "lesson":
                self._read(name)
            elif not self._take(name):
                return

    def _has_enough(self, number: int, kind: str) -> bool:
        hazard = 0.3 if kind == "lesson" and number % TIRING == TIRING - 1 else 0.06
        return self.chance.random() < hazard * (1 - self.who.patience) * 2

    def _read(self, name: str) -> None:
        lesson = self.published.lesson(name)
        sections = [section.id for section in lesson.sections] or [""]
        reading.stop_at(self.enrolment, self.published, name, self.chance.choice(sections), self.at)
        self._pass(self.chance.uniform(0.5, 2.2) * lesson.minutes)
        if self.at > self.now or self.chance.random() > 0.94 + 0.06 * self.who.patience:
            return  # opened, never marked as read
        for question in self._asked(name):
            value = answered(question, self.who.ability, self.chance)
            if value is not None and self.chance.random() < self.who.patience:
                fraction = millionths(score(question, value, question.language))
                asked = f"{name}/{question.id}"
                language = self.who.language
                reading.answer_in_lesson(self.enrolment, self.published, asked, fraction, language, self.at)
        reading.read_lesson(self.enrolment, self.published, name, self.at)
        self._rest()

    def _asked(self, name: str) -> list[Question]:
        page = catalogue.lesson(self.published, name, self.who.language)
        return [part for section in page.sections for part in section.parts if isinstance(part, Question)]

    def _take(self, name: str) -> bool:
        """Take a quiz until it is passed, patience ends, or no attempt is left. False: stop here."""
        quiz_rules = self.published.quiz(name).rules
        for tries in range(3):
            try:
                attempt = assessment.start(
                    self.enrolment, self.published, name, self.at, self.chance.randrange(1, 2**62)
                )
            except (Conflict, NotAllowed):  # none left, a pause, or others first
                return True
            self._pass(self.chance.lognormvariate(2.5, 0.5))
            if self.at > self.now or self.chance.random() < 0.02:
                return False  # still open
            self._hand_in(attempt, self.who.ability + PRACTICE * tries)
            self._rest()
            if attempt.grade is None or attempt.grade >= millionths(quiz_rules.pass_mark):
                return True
            if self.at > self.now or self.chance.random() > self.who.patience:
                break
        return self.chance.random() < self.who.patience

    def _hand_in(self, attempt: Attempt, ability: float) -> None:
        language = self.who.language
        form: dict[str, list[str]] = {}
        for shown in attempts.shown(attempt, language):
            value = answered(shown.question, ability, self.chance)
            form |= fill(shown.question, shown.order, value, shown.field, language)
            form[f"base-{shown.drawn.position}"] = ["0"]
        assessment.submit(attempt, form, self.at, language, "simulated")

    def _pass(self, minutes: float) -> None:
        self.at += int(minutes * MINUTE)

    def _rest(self) -> None:
        """On with the next at once, or on another day."""
        days = self.chance.expovariate(1 / 2.5) if self.chance.random() < 0.35 else 0
        self.at += int(days * DAY) + int(self.chance.uniform(1, 6) * MINUTE)
