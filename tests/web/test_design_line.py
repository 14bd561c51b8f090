"""The course line is a list of links with drawings: what is done, where I am, what is ahead."""

from html.parser import HTMLParser

import pytest

from course.web.line import Part, Shape, Stop, Stretch, Words, line

WORDS = Words(
    done="done",
    here="you are here",
    ahead="not done yet",
    quiz="Quiz",
    assignment="Assignment",
    count="{done} of {all} done",
)
COURSE = (
    Stretch(
        1,
        "First <module>",
        (Stop("lesson", "Why", "/why", done=True), Stop("quiz", "First", "/quiz", done=True, note="85 %")),
        "first",
    ),
    Stretch(
        2,
        "Second",
        (
            Stop("lesson", "How", "/how", here=True, parts=(Part("A section", "/how#a"),)),
            Stop("quiz", "Second", ""),
        ),
    ),
)
SHAPES: tuple[Shape, ...] = ("picture", "map", "outline")


class Outline(HTMLParser):
    """Checks nesting, and keeps tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def count(self, tag: str, **wanted: str) -> int:
        return sum(name == tag and wanted.items() <= attributes.items() for name, attributes in self.tags)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_stop_that_can_be_opened_is_a_link_in_every_shape(shape: Shape) -> None:
    html = line(COURSE, shape, WORDS)
    for stop in (stop for stretch in COURSE for stop in stretch.stops):
        assert (f'href="{stop.url}"' in html) is bool(stop.url)


@pytest.mark.parametrize("shape", SHAPES)
def test_titles_are_text_and_never_markup(shape: Shape) -> None:
    html = line(COURSE, shape, WORDS)
    assert "First &lt;module&gt;" in html
    assert "<module>" not in html


@pytest.mark.parametrize("shape", SHAPES)
def test_the_line_is_well_formed_and_its_drawings_are_hidden_from_screen_readers(shape: Shape) -> None:
    outline = Outline(line(COURSE, shape, WORDS))
    drawings = outline.count("svg")
    assert drawings >= 4
    assert outline.count("svg", **{"aria-hidden": "true"}) == drawings


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_done_and_where_i_am_is_also_said_in_words(shape: Shape) -> None:
    html = line(COURSE, shape, WORDS)
    assert html.count("(done)") == 2
    assert html.count("(not done yet, you are here)") == 1
    assert "2 of 2 done" in html


@pytest.mark.parametrize("shape", SHAPES)
def test_the_line_is_thick_only_between_stops_that_are_done(shape: Shape) -> None:
    html = line(COURSE, shape, WORDS)
    assert html.count('class="run"') == 2  # out of the lesson, into the quiz


def test_the_outline_opens_the_module_i_am_in_and_lists_the_sections_of_its_lesson() -> None:
    outline = Outline(line(COURSE, "outline", WORDS))
    assert [("open" in attributes) for tag, attributes in outline.tags if tag == "details"] == [False, True]
    assert outline.count("a", href="/how#a") == 1
    assert outline.count("a", **{"aria-current": "page"}) == 1


def test_an_interchange_is_drawn_otherwise_than_a_station() -> None:
    html = line(COURSE, "map", WORDS)
    assert html.count('class="dot"') == 2
    assert html.count('class="ring"') == 2
    assert html.count('class="core"') == 1


def test_after_eight_modules_the_hues_begin_again() -> None:
    assert [Stretch(n, "", ()).hue for n in (1, 8, 9, 0)] == ["hue-1", "hue-8", "hue-1", ""]


def test_a_course_without_modules_draws_an_empty_list() -> None:
    assert line((), "map", WORDS) == '<ol class="line line-map"></ol>'
