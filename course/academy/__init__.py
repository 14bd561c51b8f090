"""Running a course for people."""
