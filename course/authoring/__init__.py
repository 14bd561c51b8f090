"""The workshop: where trainers write, check, translate and publish a course."""
