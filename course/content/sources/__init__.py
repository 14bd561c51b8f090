"""One module per kind of file in a pack: each reads its kind alone, without the rest of the pack."""
