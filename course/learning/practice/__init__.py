"""Practice that lasts: questions that were answered come back when they are about to be forgotten."""
