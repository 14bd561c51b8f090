"""A course at a glance: who takes it, where they stop, how the quizzes go, what needs somebody's hand."""
