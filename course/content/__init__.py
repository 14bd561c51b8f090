"""A pack of Markdown in, an immutable course out. Pure: no Flask, no database, no network, no clock."""
