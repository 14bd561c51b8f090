"""The pages, by who sees them and how to get there. A page that is not listed here fails `test_list.py`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from course.i18n import INTERFACE

LESSONS = Path(__file__).parents[2] / "lessons/sse"


@dataclass(frozen=True)
class Page:
    """A page to look at.

    path: with `{lang}`, and the values that `people.py` gives, such as `{question}`.
    who: a role of `people.py`. where: one of its installations.
    sends: fields of the page's form, which is sent; the page is then what comes back.
    status: of what is looked at. once: one combination is enough in `make test`.
    """

    name: str
    who: str
    path: str
    where: str = "site"
    sends: Mapping[str, str] | None = field(default=None, hash=False)
    status: int = 200
    languages: tuple[str, ...] = INTERFACE
    once: bool = False

    def __str__(self) -> str:
        return self.name


COURSE = "/{lang}/courses/sse/"
CLOSED = COURSE + "quizzes/understanding/"
OPEN = COURSE + "quizzes/ilo/"
ARABIC = ("ar",)
SHEET = "name,email,language,course\nAmina,amina@example.org,fr,sse\nLuis,,es,\nPia,pia@,,\n"

VISITOR = (
    Page("welcome", "visitor", "/{lang}/"),
    Page("courses", "visitor", "/{lang}/courses/"),
    Page("course", "visitor", COURSE),
    Page("lesson", "visitor", COURSE + "why/"),
    Page("lesson-answered", "visitor", COURSE + "why/?{answer}"),
    Page("lesson-unanswered", "visitor", COURSE + "why/?answer_to={question}"),
    Page("glossary", "visitor", COURSE + "glossary/"),
    Page("search", "visitor", COURSE + "search?q=solidarit"),
    Page("search-nothing", "visitor", COURSE + "search?q=zanzibar"),
    Page("search-all", "visitor", "/{lang}/search", once=True),
    Page("quiz", "visitor", CLOSED),
    Page("display", "visitor", "/{lang}/display?back=/{lang}/"),
    Page("style", "visitor", "/{lang}/style"),
    Page("offline", "visitor", "/{lang}/offline"),
    Page("not-found", "visitor", "/{lang}/nowhere", status=404),
    Page("bad-answer", "visitor", COURSE + "why/?answer_to={question}&{question}=no-such-place"),
)
ACCOUNTS = (
    Page("sign-in", "visitor", "/{lang}/sign-in"),
    Page("sign-in-refused", "visitor", "/{lang}/sign-in", sends={"who": "nobody", "password": "wrong"}, status=422),
    Page("sign-up", "visitor", "/{lang}/sign-up"),
    Page("sign-up-refused", "visitor", "/{lang}/sign-up", sends={"email": "ana@", "password": "a"}, status=422),
    Page("sign-up-sent", "signing up", "/{lang}/sign-up/sent"),
    Page("confirm", "signing up", "/{lang}/confirm/{confirm}"),
    Page("confirm-again", "visitor", "/{lang}/confirm"),
    Page("link-cut", "visitor", "/{lang}/confirm/not-a-token", status=404),
    Page("link-used", "visitor", "/{lang}/setup/{setup}", status=410),
    Page("reset", "visitor", "/{lang}/reset"),
    Page("reset-refused", "visitor", "/{lang}/reset", sends={"email": "ana@"}, status=422),
    Page("reset-sent", "visitor", "/{lang}/reset/sent"),
    Page("privacy", "visitor", "/{lang}/privacy"),
    Page("invitation", "visitor", "/{lang}/invitation/{invitation}"),
    Page("invitation-cut", "visitor", "/{lang}/invitation/not-a-token", status=404, once=True),
    Page("new-password", "visitor", "/{lang}/reset/{reset}"),
)
NEWCOMER = (
    Page("home-new", "newcomer", "/{lang}/"),
    Page("course-new", "newcomer", COURSE),
    Page("lesson-new", "newcomer", COURSE + "definition/"),
    Page("quiz-new", "newcomer", CLOSED),
    Page("notes-new", "newcomer", COURSE + "notes/"),
)
LEARNER = (
    Page("home", "learner", "/{lang}/"),
    Page("courses-learner", "learner", "/{lang}/courses/"),
    Page("course-learner", "learner", COURSE),
    Page("lesson-read", "learner", COURSE + "why/"),
    Page("lesson-next", "learner", COURSE + "decent-work/"),
    Page("lesson-checked", "learner", COURSE + "why/?{answer}"),
    Page("glossary-learner", "learner", COURSE + "glossary/"),
    Page("notes", "learner", COURSE + "notes/"),
    Page("practice", "learner", COURSE + "practice/"),
    Page("quiz-open", "learner", OPEN),
    Page("quiz-done", "learner", CLOSED),
    Page("attempt", "learner", OPEN + "attempts/1/?question=all"),
    Page("attempt-one", "learner", OPEN + "attempts/1/?question=2"),
    Page("submission", "learner", OPEN + "attempts/1/submission"),
    Page("result", "learner", CLOSED + "attempts/1/result"),
    Page("settings", "learner", "/{lang}/settings"),
    Page("password", "learner", "/{lang}/settings/password"),
    Page("password-refused", "learner", "/{lang}/settings/password", sends={"current": "", "password": ""}, status=422),
    Page("data", "learner", "/{lang}/settings/data"),
    Page("erasure", "learner", "/{lang}/settings/erasure"),
    Page("erasure-refused", "learner", "/{lang}/settings/erasure", sends={"current": ""}, status=422, once=True),
    Page("display-learner", "learner", "/{lang}/display?back=/{lang}/"),
    Page("attempt-missing", "learner", OPEN + "attempts/9/", status=404),
)
STAFF = (
    Page("home-trainer", "trainer", "/{lang}/"),
    Page("course-trainer", "trainer", COURSE),
    Page("marking-answer", "trainer", COURSE + "results/marking/plan/{response}/"),
    Page("settings-trainer", "trainer", "/{lang}/settings", once=True),
    Page("results", "trainer", COURSE + "results/"),
    Page("marking", "trainer", COURSE + "results/marking/plan/"),
    Page("marked", "trainer", COURSE + "results/marking/plan/?show=marked&names=1", once=True),
    Page("overview", "trainer", COURSE + "results/overview/"),
    Page("quiz-results", "trainer", COURSE + "results/quizzes/understanding/"),
    Page("attempts", "trainer", COURSE + "results/quizzes/understanding/attempts/"),
    Page("learner-results", "trainer", COURSE + "results/learners/{person}/?quiz=understanding"),
    Page(
        "learner-results-refused", "trainer", COURSE + "results/learners/{person}/", sends={"attempts": "x"}, status=422
    ),
    Page("questions", "trainer", COURSE + "results/quizzes/understanding/questions/"),
    Page("gradebook", "trainer", COURSE + "results/learners/"),
    Page("exports", "trainer", COURSE + "results/exports/"),
    Page("regrade", "trainer", COURSE + "results/regrade/understanding/"),
    Page("workshop", "trainer", COURSE + "workshop/"),
    Page("workshop-lesson", "trainer", COURSE + "workshop/files/lessons/sse/1-understanding/1-why.en.md"),
    Page("workshop-quiz", "trainer", COURSE + "workshop/files/quizzes/sse/1-understanding.fr.md"),
    Page("workshop-translation", "trainer", COURSE + "workshop/translations/lessons/sse/1-understanding/1-why.fr.md"),
    Page("workshop-publication", "trainer", COURSE + "workshop/publication"),
    Page("workshop-history", "trainer", COURSE + "workshop/publications/"),
    Page("workshop-published", "trainer", COURSE + "workshop/publications/1/", once=True),
    Page("workshop-settings", "trainer", COURSE + "workshop/files/lessons/sse/course.yaml", once=True),
    Page("results-learner", "learner", COURSE + "results/", status=404, once=True),
    Page("home-admin", "admin", "/{lang}/"),
    Page("audit", "admin", "/{lang}/audit/?what=all"),
    Page("people", "admin", "/{lang}/people/"),
    Page("people-nobody", "admin", "/{lang}/people/?name=zanzibar", once=True),
    Page("person", "admin", "/{lang}/people/{person}/"),
    Page("invite", "admin", "/{lang}/people/invitations"),
    Page("invite-refused", "admin", "/{lang}/people/invitations", sends={"email": "ana@"}, status=422),
    Page("sheet", "admin", "/{lang}/people/sheet"),
    Page("sheet-planned", "admin", "/{lang}/people/sheet", sends={"rows": SHEET, "language": "en", "course": ""}),
    Page("slips", "admin", "/{lang}/people/slips"),
    Page("settings-admin", "admin", "/{lang}/settings", once=True),
)
EMPTY = (
    Page("empty", "visitor", "/{lang}/", where="empty"),
    Page("empty-courses", "visitor", "/{lang}/courses/", where="empty"),
    Page("setup", "visitor", "/{lang}/setup/{setup}", where="empty"),
    Page("setup-cut", "visitor", "/{lang}/setup/not-a-token", where="empty", status=404, once=True),
    Page("setup-refused", "visitor", "/{lang}/setup/{setup}", where="empty", sends={"email": "a"}, status=422),
)
RIGHT_TO_LEFT = (
    Page("arabic-welcome", "visitor", "/{lang}/", where="arabic", languages=ARABIC),
    Page("arabic-course", "visitor", "/{lang}/courses/wafa/", where="arabic", languages=ARABIC),
    Page("arabic-lesson", "visitor", "/{lang}/courses/wafa/tawn/", where="arabic", languages=ARABIC),
    Page("arabic-glossary", "visitor", "/{lang}/courses/wafa/glossary/", where="arabic", languages=ARABIC),
    Page("arabic-quiz", "visitor", "/{lang}/courses/wafa/quizzes/asas/", where="arabic", languages=ARABIC),
    Page("arabic-sign-up", "visitor", "/{lang}/sign-up", where="arabic", languages=ARABIC),
)


def names(folder: Path, pattern: str) -> list[str]:
    """The ids in the front matter of the files in the source language."""
    return [re.search(r"^id: *(\S+)", path.read_text(), re.M)[1] for path in sorted(folder.glob(pattern))]


CONTENT = tuple(Page(f"read-{name}", "visitor", f"{COURSE}{name}/", once=True) for name in names(LESSONS, "*/*.en.md"))
"""The text of every lesson, whatever authors add."""

PAGES = (*VISITOR, *ACCOUNTS, *NEWCOMER, *LEARNER, *STAFF, *EMPTY, *RIGHT_TO_LEFT, *CONTENT)

EXCUSED = {
    "export_results.file": "a file; tests/results/exports downloads one",
    "quiz_results.attempt": "shows questions as a result does; tests/results/figures opens one",
    "item_results.item": "shows a question as a result does; tests/results/figures opens one",
    "authoring.difference": "of a file that was changed; tests/authoring opens one",
    "authoring.asset": "a picture of the draft, for the preview; tests/authoring opens one",
    "people.data_file": "the person's data as JSON; tests/people/privacy reads it",
    "home": "leads on to the reader's language; test_links.py follows it",
    "asset": "the style sheet and the script; every page here asks for them",
    "assets.asset": "pictures and attachments; test_links.py follows them",
    "healthz": "for machines",
    "readyz": "for machines",
    "offline.worker": "the service worker's text",
    "offline.form_token": "for the service worker",
    "reading.offline": "for the service worker: the list of what it keeps",
    "reading.question": "leads on to the question in its lesson",
    "practice.reviewed": "leads on to the practice",
}
"""GET routes that are no pages, and why."""
