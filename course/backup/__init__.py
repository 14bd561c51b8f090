"""The whole of an installation's store in one file, taken while people learn, and put back on SQLite or PostgreSQL.

The file is itself an SQLite database with the store's schema, whichever database it was taken from, so that it can be
looked into with any SQLite tool, and so that an installation can move from one database to the other. A table
`backup_manifest` in it says how many rows each table has and what they are, so that a damaged file is known.
"""
