"""The demo course of assessment's tests: a quiz whose key is released when its three attempts are used."""

from tests.learning.assessment.conftest import browser, demo, desk, enrol, republish, sign_in

__all__ = ["browser", "demo", "desk", "enrol", "republish", "sign_in"]
