"""How these tests are run."""

from hypothesis import settings

# How long one example takes says more about the machine's other work than about the code.
settings.register_profile("quiz", deadline=None)
settings.load_profile("quiz")
