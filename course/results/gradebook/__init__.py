"""A course's learners by its quizzes: who is where, with which grades."""
