"""One learner of a course: progress, attempts, and what they are allowed beyond the rules of its quizzes."""
