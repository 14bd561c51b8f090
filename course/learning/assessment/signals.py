"""What assessment tells the rooms above it, in the transaction in which it happened."""

from blinker import Namespace

closed = Namespace().signal("attempt-closed")
"""An attempt was closed and graded. Sent with the `Attempt`; `enrolment`, `published` (the attempt's revision),
`passed` (whether the quiz is passed, by its grade method over all attempts, and the learner may know it) and `at` (when
it was closed, or, after a person's marking or a regrade, when that was).

A receiver may be called again for the same attempt: after a marking, or when a save that was in time came last.
"""
