"""A quiz's results: how its attempts went, which there are, and each with all that is known of it."""
