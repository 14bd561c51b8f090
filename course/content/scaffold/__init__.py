"""New courses, modules, lessons and quizzes: files that pass every check and say what to write in them.

Pure: what is there comes in as a pack, what is to be written goes out as texts by path.
"""

from course.content.scaffold.make import Refused, new_course, new_lesson, new_module, new_quiz

__all__ = ["Refused", "new_course", "new_lesson", "new_module", "new_quiz"]
