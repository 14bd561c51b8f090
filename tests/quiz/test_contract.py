"""What every question type has to hold, run over each with its own examples (tests/quiz/types/<type>.yaml)."""

import json
import random
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from course import quiz
from course.quiz import EVERYTHING, NOTHING, Malformed, Order, Question, Release, Value
from course.quiz.html import map_html, texts
from course.quiz.model import Html
from course.quiz.types import TYPES, of, register
from tests.quiz.reading import question_of
from tests.quiz.templates import FOLDER, render

FIXTURES = Path(__file__).parent / "types"
PREFIX = "q3"
SENT = ("right", "partial", "wrong", "waiting", "unmarked")
MARKED = [name for name, kind in sorted(TYPES.items()) if kind.marking == "engine"]


@dataclass(frozen=True)
class Example:
    """A form that a learner sends (positions in the source's order), and what becomes of it."""

    question: Question
    form: dict[str, list[str]]
    outcome: str
    fraction: Fraction | None
    value: Value | None

    @property
    def order(self) -> Order:
        return tuple(range(of(self.question).size(self.question)))

    def read(self) -> Value | None:
        return quiz.read(self.question, self.order, self.form, PREFIX)

    @property
    def marked(self) -> bool:
        return self.question.type in MARKED


@cache
def fixture(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FIXTURES / f"{name}.yaml").read_text())
    return data


@cache
def question(name: str) -> Question:
    return question_of(fixture(name)["question"])


@cache
def twin(name: str) -> Question:
    return question_of(fixture(name)["twin"])


def twin_order(name: str) -> Order:
    """The order in which the twin looks like the question in its own: where the key is an order, that differs."""
    return tuple(fixture(name).get("twin_order", range(of(twin(name)).size(twin(name)))))


def some_orders(question: Question) -> list[Order]:
    size = of(question).size(question)
    shuffled = random.Random(0)
    return [tuple(shuffled.sample(range(size), size)) for _ in range(min(24, 2**size))]


def examples(*outcomes: str) -> list[Any]:
    found = []
    for name in sorted(TYPES):
        for number, given_ in enumerate(fixture(name)["examples"]):
            if given_["outcome"] in outcomes:
                form = {f"{PREFIX}-{part}" if part else PREFIX: values for part, values in given_["form"].items()}
                default = {"right": 1, "wrong": 0, "empty": 0, "waiting": 0, "unmarked": 0}.get(given_["outcome"])
                fraction = given_.get("fraction", default)
                example = Example(
                    question(name),
                    form,
                    given_["outcome"],
                    None if fraction is None else Fraction(fraction),
                    given_.get("value"),
                )
                found.append(pytest.param(example, id=f"{name}-{number}"))
    return found


def releases() -> list[Release]:
    things = sorted(EVERYTHING)
    return [frozenset(some) for count in range(len(things) + 1) for some in combinations(things, count)]


each_type = pytest.mark.parametrize("name", sorted(TYPES))
each_answer = pytest.mark.parametrize("example", examples(*SENT))


def show(
    question: Question, value: Value | None, release: Release, order: Order | None = None, *, locked: bool = False
) -> quiz.QuestionView:
    shown = tuple(range(of(question).size(question))) if order is None else order
    return quiz.view(question, shown, value, "en", release, PREFIX, locked=locked)


def test_a_type_is_one_file_one_template_and_one_fixture() -> None:
    assert {path.stem for path in FIXTURES.glob("*.yaml")} == set(TYPES)
    templates = {path.stem for path in (FOLDER / "questions").glob("[a-z]*.html")}
    assert templates - {"question"} == set(TYPES)


def test_two_types_of_one_name_fail_at_import() -> None:
    with pytest.raises(ImportError, match="single"):
        register(dict(TYPES), TYPES["single"])


@each_type
def test_the_examples_are_right_wrong_empty_and_malformed(name: str) -> None:
    sent = {"engine": {"right", "wrong"}, "person": {"waiting"}, "none": {"unmarked"}}[TYPES[name].marking]
    assert sent | {"empty", "malformed"} <= {example["outcome"] for example in fixture(name)["examples"]}
    if TYPES[name].partial:
        assert "partial" in {example["outcome"] for example in fixture(name)["examples"]}


@each_answer
def test_an_answer_earns_what_it_is_worth(example: Example) -> None:
    value = example.read()
    assert value is not None
    fraction = quiz.score(example.question, value, "en")
    assert isinstance(fraction, Fraction)
    assert fraction == example.fraction
    if example.value is not None:
        assert value == example.value


@each_answer
def test_a_value_is_json(example: Example) -> None:
    value = example.read()
    assert json.loads(json.dumps(value)) == value


@pytest.mark.parametrize("example", examples("empty"))
def test_an_empty_form_is_no_answer_and_earns_nothing(example: Example) -> None:
    assert example.read() is None
    assert quiz.score(example.question, None, "en") == 0


@pytest.mark.parametrize("example", examples("malformed"))
def test_what_no_form_sends_is_malformed(example: Example) -> None:
    with pytest.raises(Malformed):
        example.read()


@each_answer
def test_what_was_read_fills_a_form_that_reads_the_same(example: Example) -> None:
    value = example.read()
    for language in ("en", "fr", "es", "ar", "de"):
        filled = quiz.fill(example.question, example.order, value, PREFIX, language)
        assert quiz.read(example.question, example.order, filled, PREFIX, language) == value


@each_answer
def test_shuffling_changes_nothing(example: Example) -> None:
    value = example.read()
    for order in some_orders(example.question):
        form = quiz.fill(example.question, order, value, PREFIX)
        again = quiz.read(example.question, order, form, PREFIX)
        assert again == value
        assert quiz.score(example.question, again, "en") == example.fraction


@each_type
def test_a_question_survives_being_stored(name: str) -> None:
    stored = json.loads(json.dumps(quiz.dump_question(question(name))))
    assert quiz.load_question(stored) == question(name)


@each_type
def test_all_its_html_can_be_reached(name: str) -> None:
    mapped = map_html(question(name), lambda html: Html(html.replace("secret", "public")))
    assert not any("secret-of" in html for html in texts(mapped))
    assert "secret-of" not in json.dumps(quiz.dump_question(mapped)["body"])


@each_type
def test_a_question_translates_into_itself(name: str) -> None:
    assert list(of(question(name)).differences(question(name), question(name))) == []


@each_type
def test_until_something_is_released_a_page_is_the_same_whatever_the_key_and_feedback(name: str) -> None:
    ours, other = question(name), twin(name)
    for example in fixture(name)["examples"]:
        if example["outcome"] not in SENT:
            continue
        form = {f"{PREFIX}-{part}" if part else PREFIX: values for part, values in example["form"].items()}
        order = tuple(range(of(ours).size(ours)))
        here = show(ours, quiz.read(ours, order, form, PREFIX), NOTHING)
        there = show(other, quiz.read(other, twin_order(name), form, PREFIX), NOTHING, twin_order(name))
        unsaid = (here.feedback, here.outcome, here.mark)
        assert unsaid == (None, None, None)
        assert repr(here) == repr(there)
        assert render(here) == render(there)


@each_type
def test_without_an_answer_only_the_key_tells_the_key(name: str) -> None:
    for release in releases():
        here, there = show(question(name), None, release), show(twin(name), None, release, twin_order(name))
        if name not in MARKED:
            here, there = replace(here, feedback=None), replace(there, feedback=None)
        assert (render(here) == render(there)) == ("key" not in release or name not in MARKED)
        assert (repr(here) == repr(there)) == ("key" not in release or name not in MARKED)


@each_answer
def test_no_secret_is_in_a_view_before_its_release(example: Example) -> None:
    secrets = fixture(example.question.type)["secrets"]
    value = example.read()
    typed = json.dumps(value, ensure_ascii=False)
    for release in releases():
        view = show(example.question, value, release)
        for thing, words in secrets.items():
            if thing not in release:
                for word in words:
                    assert word not in repr(view) or word in typed
                    assert word not in render(view) or word in typed


@each_type
def test_what_is_released_is_shown(name: str) -> None:
    page = render(show(question(name), None, EVERYTHING))
    assert "secret-of-all" in page
    assert ("Not answered" in page) == (TYPES[name].marking != "none")
    assert ("Right answer" in page) == (name in MARKED)


@each_answer
def test_how_an_answer_stands_is_said_in_words(example: Example) -> None:
    page = render(show(example.question, example.read(), EVERYTHING, locked=True))
    if example.outcome == "unmarked":
        assert not re.search("Right|Not right|Not answered|points?<", page)
        return
    said = {"waiting": "Waits for marking", "right": "Right", "partial": "Partly right", "wrong": "Not right"}
    result = re.search(r'class="question-result".*?<span>([^<]*)</span>', page, re.DOTALL)
    assert result is not None
    assert result[1] == said[example.outcome]


@each_answer
def test_the_page_has_the_fields_that_are_read(example: Example) -> None:
    value = example.read()
    page = _Page(render(show(example.question, value, NOTHING)))
    assert page.sent == quiz.fill(example.question, example.order, value, PREFIX)


@pytest.mark.parametrize("locked", [False, True])
@each_answer
def test_the_page_is_sound(example: Example, locked: bool) -> None:
    value = example.read()
    for release in releases():
        html = render(show(example.question, value, release, locked=locked), number=1)
        page = _Page(html)
        assert len(page.ids) == len(set(page.ids))
        assert all(identifier.startswith(PREFIX) for identifier in page.ids)
        assert page.labelled >= page.inputs
        assert set(page.described) <= set(page.ids)
        assert "style=" not in html
        assert "<script" not in html


@each_type
@given(data=st.data())
def test_no_form_raises_anything_but_malformed(name: str, data: st.DataObject) -> None:
    values = st.lists(st.one_of(st.text(max_size=8), st.integers(-2, 12).map(str)), max_size=4)
    form = {PREFIX: data.draw(values), f"{PREFIX}-0": data.draw(values), f"{PREFIX}-1": data.draw(values)}
    asked = question(name)
    order = quiz.arrange(asked, data.draw(st.integers()))
    try:
        value = quiz.read(asked, order, form, PREFIX, data.draw(st.sampled_from(["en", "fr", "zz", ""])))
    except Malformed:
        return
    assert 0 <= quiz.score(asked, value, "en") <= 1
    render(quiz.view(asked, order, value, "en", EVERYTHING, PREFIX))


anything = st.recursive(
    st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["number", "a"]), inner, max_size=2),
)


@each_type
@given(value=anything)
def test_any_stored_value_has_a_fraction_and_a_view(name: str, value: Any) -> None:
    asked = question(name)
    assert 0 <= quiz.score(asked, value, "en") <= 1
    assert all(name.startswith(PREFIX) for name in quiz.fill(asked, (), value, PREFIX))
    render(quiz.view(asked, (), value, "fr", EVERYTHING, PREFIX))


class _Page(HTMLParser):
    """What a browser would find in a page: ids, fields, and what the form would send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.described: list[str] = []
        self.sent: dict[str, list[str]] = {}
        self.inputs: set[str] = set()
        self.labelled: set[str] = set()
        self.field: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if "id" in named:
            self.ids.append(named["id"])
        self.described += named.get("aria-describedby", "").split()
        if tag == "label":
            self.labelled.add(named["for"])
        if tag in {"input", "select", "textarea"}:
            self.inputs.add(named["id"])
            values = self.sent.setdefault(named["name"], [])
            if tag == "input" and ("checked" in named or named["type"] == "text"):
                values.append(named["value"])
            elif tag != "input":
                values.append("")
                self.field = values if tag == "textarea" else []
                self.chosen = values
        if tag == "option" and "selected" in named:
            self.chosen[:] = [named["value"]]

    def handle_data(self, data: str) -> None:
        if self.field:
            self.field[0] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.field = []
