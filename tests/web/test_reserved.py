"""No lesson can be called as one of the course's own pages: its address would never be reached."""

from flask import Flask

from course.content.checks.ids import RESERVED

COURSE = "/<lang>/courses/<course>/"


def test_each_page_of_a_course_has_a_name_that_no_lesson_may_have(app: Flask) -> None:
    own = {
        rule.rule.removeprefix(COURSE).split("/")[0]
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(COURSE)
    }
    assert {name for name in own if name and "<" not in name} - RESERVED == set()
