"""The package stands alone."""

import subprocess
import sys

PROGRAM = """
import sys
import course.quiz, course.quiz.grammar, course.quiz.compare, course.quiz.style, course.quiz.html
heavy = {"flask", "sqlalchemy", "wtforms", "jinja2", "werkzeug"}
print(sorted(heavy & {name.split(".")[0] for name in sys.modules}))
"""


def test_importing_quiz_loads_no_web_and_no_database() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
