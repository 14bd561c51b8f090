"""The people of an installation, for its admins: find them, ask them in, many at once, and see to their accounts."""
