"""Fills a course with simulated learners: the same ones for the same seed, each in a transaction of their own."""

from collections.abc import Iterator
from random import Random

from course import clock
from course.catalogue.published import Published
from course.db import transaction
from course.demo.cast import character
from course.demo.life import DAY, Life
from course.learning.reading import actions as reading
from course.people.actions import add_person
from course.people.simulated import simulate

LONGEST_AGO = 120 * DAY


def fill(published: Published, learners: int, seed: int, first: int = 1) -> Iterator[int]:
    """Simulate so many learners of a course; gives each one's person as it is done. Commits."""
    now = clock.now()
    for number in range(first, first + learners):
        chance = Random(f"{seed} {published.slug} {number}")  # noqa: S311 - no secret, and to be had again
        who = character(number, list(published.outline.languages), chance)
        at = now - int(chance.betavariate(1.6, 1.2) * LONGEST_AGO)
        with transaction():
            person = add_person(who.username, None, name=who.name, language=who.language, confirmed=True).person_id
            simulate(person, now)
            enrolment = reading.enrol(person, published, at)
            Life(who, published, enrolment, chance, at, now).live()
        yield person
