"""How the questions of a quiz work: item analysis over first finished attempts."""
