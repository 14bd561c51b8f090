"""What trainers and admins review: what waits for them, and what their corrections change."""
