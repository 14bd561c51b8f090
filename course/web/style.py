"""The style page: every component in every state, for who designs. Served in development only."""

from collections.abc import Iterator
from importlib.resources import files

from flask import Blueprint
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Email, InputRequired, Length

from course.markup.document import Document, document
from course.markup.findings import Findings
from course.quiz import EVERYTHING, NOTHING, Order, Question, QuestionView, Value, arrange, key, view
from course.quiz.grammar import parse_quiz
from course.quiz.rules import Front
from course.web.access import allow, anyone
from course.web.forms import Form
from course.web.line import Part, Stop, Stretch, line, words
from course.web.pages import page

blueprint = Blueprint("style", __name__, url_prefix="/<lang>")


class SampleForm(Form):
    """One field of each kind. Its words are not translated: no learner sees them."""

    name = StringField("Your name", [InputRequired("Write the name that the certificate should show.")])
    email = StringField("Email", [InputRequired(), Email("Write an address such as name@example.org.")])
    password = PasswordField("Password", [Length(min=12, message="Use 12 characters or more.")])
    country = SelectField("Time zone", choices=[SelectChoice("UTC"), SelectChoice("Africa/Dakar", "Dakar")])
    about = TextAreaField("About you", description="Two or three sentences. Other learners can read them.")
    language = RadioField("Language", choices=[SelectChoice("en", "English"), SelectChoice("fr", "Français")])
    agree = BooleanField("Send me a reminder once a week")


@blueprint.get("/style")
@allow(anyone)
def style() -> str:
    """The page. Its form is shown twice: as it opens, and as it comes back with errors."""
    wrong = SampleForm(MultiDict({"wrong-email": "ana@", "wrong-password": "short"}), prefix="wrong-")
    wrong.validate()
    shapes = {shape: line(sample(), shape, words()) for shape in ("picture", "map", "outline")}
    return page(
        "style.html",
        form=SampleForm(MultiDict()),
        wrong=wrong,
        lines=shapes,
        prose=prose(),
        questions=list(questions()),
    )


def prose() -> Document:
    """What Markdown makes, from `style.md`: as a lesson's page shows it."""
    text = (files("course.web") / "style.md").read_text()
    return document(text, "style.md", 1, Findings())


GIVEN: dict[str, Value] = {
    "single": ["1"],
    "multiple": ["1", "3"],
    "truefalse": ["false"],
    "numerical": {"number": "100"},
    "short": "profit",
    "cloze": "a: social\nb: 2",
    "match": {"1": "1", "2": "1"},
    "order": {"1": 1, "2": 3, "3": 2, "4": 4, "5": 5},
    "categorise": {"1": "1", "2": "1", "3": "1"},
    "written": "Prevention.\n\nNobody pays for what has not happened yet, and what did not happen is not seen.",
    "scale": ["4"],
}
"""An answer to each type of question: not quite right, where there is a right one."""


def questions() -> Iterator[tuple[str, QuestionView]]:
    """Each type of question in each state."""
    text = (files("course.web") / "style-questions.md").read_text()
    quiz = parse_quiz(text, "style-questions.md", 1, "en", Front("style", "Style"), Findings())
    for question in quiz.questions if quiz else ():
        order, right, given = arrange(question, SEED), key(question), GIVEN[question.type]
        yield "as it is asked", view(question, order, None, "en", NOTHING, f"open-{question.id}")
        yield "sent back", view(question, order, given, "en", NOTHING, f"error-{question.id}", error=ERROR)
        if right is not None:
            yield "reviewed, right", _reviewed(question, order, right, "right")
        yield "reviewed", _reviewed(question, order, given, "given")


SEED = 7
ERROR = "This answer could not be kept. Choose again."


def _reviewed(question: Question, order: Order, value: Value, state: str) -> QuestionView:
    return view(question, order, value, "en", EVERYTHING, f"{state}-{question.id}", locked=True)


def sample() -> list[Stretch]:
    """A course in which the second module is half done."""
    titles = (
        (
            "What the social and solidarity economy is",
            ("Why another way of doing business", "The definition", "Family", "Size"),
        ),
        ("The ILO and the SSE", ("Decent work", "The instruments", "What the ILO does", "The Academy", "Allies")),
        ("Financing", ("Why finance is the hinge", "Sources of finance", "What helps", "Microfinance")),
        ("Work in crises", ("The five phases", "Prevention and preparedness", "Response", "Recovery")),
        ("Cases", ("Philippines", "Colombia", "Mozambique", "Nepal", "Lebanon")),
    )
    stretches = [_stretch(number, title, lessons) for number, (title, lessons) in enumerate(titles, 1)]
    return [*stretches, Stretch(0, "Final assessment", (Stop("quiz", "Final assessment", "#"),), "final")]


def _stretch(number: int, title: str, lessons: tuple[str, ...]) -> Stretch:
    stops = [_stop(number, index, lesson) for index, lesson in enumerate(lessons)]
    quiz = Stop(
        "quiz", title, "#" if number < 4 else "", done=number == 1, note="85 %" if number == 1 else "12 questions"
    )
    return Stretch(number, title, (*stops, quiz), f"sample-{number}")


def _stop(number: int, index: int, title: str) -> Stop:
    here = number == 2 and index == 2
    parts = (Part("Advice on policy and law", "#"), Part("Building capacity", "#")) if here else ()
    return Stop(
        "lesson", title, "#", done=number == 1 or (number == 2 and index < 2), here=here, note="7 min", parts=parts
    )
