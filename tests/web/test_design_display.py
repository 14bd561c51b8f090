"""A reader's settings are kept in a cookie that nothing but a known choice can get out of."""

from hypothesis import given
from hypothesis import strategies as st

from course.web.display import CHOICES, Display

choices = st.fixed_dictionaries({name: st.sampled_from(["", *known]) for name, known in CHOICES.items()})


@given(choices)
def test_what_was_chosen_is_read_back(chosen: dict[str, str]) -> None:
    assert Display.read(Display.of(chosen).write()) == Display.of(chosen)


@given(st.text(max_size=60))
def test_a_cookie_that_somebody_made_up_gives_known_choices_only(cookie: str) -> None:
    made = Display.read(cookie)
    assert all(made[name] in ("", *known) for name, known in CHOICES.items())
