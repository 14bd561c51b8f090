"""What counts as done, and what is left. Pure: sets of item ids in, decisions out.

An item of a course that can be completed is a lesson (read), a quiz (passed) or a module (all of its own).
"""

from collections.abc import Collection, Iterator
from functools import lru_cache

from course.catalogue.published import Published
from course.content.model import LessonOutline, ModuleOutline, QuizOutline

Done = frozenset[int]
NOTHING_DONE: Done = frozenset()
Stop = tuple[str, str]
"""A kind (`lesson` or `quiz`) and an id."""


@lru_cache(4096)
def read_done(text: str) -> Done:
    """The items named by an enrolment's `done_items`."""
    return frozenset(int(item) for item in text.split(",") if item)


def write_done(done: Collection[int]) -> str:
    """`done_items` for these items: sorted and comma-separated, so that equal sets are equal texts."""
    return ",".join(str(item) for item in sorted(done))


def required(published: Published) -> Done:
    """The items that have to be done for the course to be complete."""
    rule = published.outline.complete_when
    lessons = {published.item("lesson", name) for name in rule.lessons}
    return frozenset(lessons | {published.item("quiz", name) for name in rule.quizzes})


def percent(done: Collection[int], needed: Done) -> int:
    """Progress from 0 to 100, rounded down, so that 100 means everything. A course that asks for nothing has 0."""
    return 100 * len(needed.intersection(done)) // len(needed) if needed else 0


def of_module(published: Published, module: ModuleOutline) -> Done:
    """The items that have to be done for a module to be complete: its lessons, and its quiz where it has one."""
    lessons = {published.item("lesson", lesson.id) for lesson in module.lessons}
    quiz = {published.item("quiz", module.quiz)} if module.quiz else set()
    return frozenset(lessons | quiz)


def modules_completed(published: Published, done: Collection[int]) -> Iterator[int]:
    """Modules all of whose items are done, and that are not yet done themselves."""
    for module in published.outline.modules:
        item, needed = published.item("module", module.id), of_module(published, module)
        if needed and needed <= set(done) and item not in done:
            yield item


def course_completed(published: Published, done: Collection[int]) -> bool:
    needed = required(published)
    return bool(needed) and needed <= set(done)


def lessons_left(published: Published, done: Collection[int]) -> tuple[LessonOutline, ...]:
    """Lessons that the course asks for and that have not been read, in reading order."""
    asked = published.outline.complete_when.lessons
    return tuple(
        lesson
        for lesson in published.outline.lessons
        if lesson.id in asked and published.item("lesson", lesson.id) not in done
    )


def quizzes_left(published: Published, done: Collection[int]) -> tuple[QuizOutline, ...]:
    """Quizzes that the course asks for and that have not been passed."""
    return tuple(
        published.outline.quizzes[name]
        for name in published.outline.complete_when.quizzes
        if published.item("quiz", name) not in done
    )


def stops(published: Published) -> tuple[Stop, ...]:
    """The course's line: kind and id of each lesson and quiz, in the order in which they are taken."""
    line: list[Stop] = []
    for module in published.outline.modules:
        line.extend(("lesson", lesson.id) for lesson in module.lessons)
        line.extend([("quiz", module.quiz)] if module.quiz else [])
    line.extend([("quiz", published.outline.quiz)] if published.outline.quiz else [])
    return tuple(line)


def next_stop(published: Published, done: Collection[int], after: Stop | None = None) -> Stop | None:
    """The first lesson or quiz on the line that is not done: behind `after`, else from the beginning."""
    line = stops(published)
    start = line.index(after) + 1 if after in line else 0
    open_ones = [stop for stop in (*line[start:], *line[:start]) if published.item(*stop) not in done]
    return open_ones[0] if open_ones else None


def beside(published: Published, stop: Stop) -> tuple[Stop | None, Stop | None]:
    """What comes before and after a lesson or quiz on the line."""
    line = stops(published)
    if stop not in line:
        return None, None
    at = line.index(stop)
    return line[at - 1] if at else None, line[at + 1] if at + 1 < len(line) else None


def minutes_left(published: Published, done: Collection[int]) -> int:
    """Minutes of the lessons that have not been read."""
    return sum(
        lesson.minutes for lesson in published.outline.lessons if published.item("lesson", lesson.id) not in done
    )
