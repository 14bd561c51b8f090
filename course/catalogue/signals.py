"""What the catalogue tells the rooms above it."""

from blinker import Namespace

published = Namespace().signal("course-published")
"""A publication was made and committed. Sent with the course's slug, outside any transaction."""
