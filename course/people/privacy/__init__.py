"""What is kept of a person: shown to them, downloaded, and erased. Made from what the columns declare."""
