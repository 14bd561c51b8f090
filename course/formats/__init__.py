"""Quizzes in other systems' formats: one file for each format in or out, pure but for `cli`."""
