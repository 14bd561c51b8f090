"""What counts as done, and what is left. Pure: sets of item ids in, decisions out.

An item of a course that can be completed is a lesson (read), a quiz (passed) or a module (all of its own).
"""

from collections.abc import Collection, Iterator

from course.catalogue.published import Published
from course.content.model import LessonOutline, ModuleOutline, QuizOutline

Done = frozenset[int]
NOTHING_DONE: Done = frozenset()


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


def next_lesson(published: Published, done: Collection[int]) -> LessonOutline | None:
    """The first lesson not read, in reading order."""
    for lesson in published.outline.lessons:
        if published.item("lesson", lesson.id) not in done:
            return lesson
    return None
