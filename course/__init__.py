"""A course engine: Markdown lessons and quizzes, with each learner's progress kept."""
