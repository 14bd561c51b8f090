"""Columns that hold nothing of a person. Whoever adds one either lists it here or declares it (course/personal.py).

Ids are on neither list: they are numbers, and point at rows that are declared.
"""

PLAIN = {
    # what authors wrote, for everybody to read
    "blob": "body size", "compiled": "body", "course": "slug", "item": "kind", "item_name": "kind name",
    "revision": "hash created", "publication": "number at note origin", "edition": "slug",
    "search_source": "lesson language state", "search_section": "anchor title text words",
    "draft": "begun ended", "draft_version": "path number hash body at",
    # facts about the installation
    "settlement": "at", "person": "created", "simulated": "at", "erasure": "at done",
    # the chain over the audit log: digests under salts that go with the text
    "audit": "digest previous link",
    # keyed digests (no name can be read from them or tried without the installation's key), swept within a day
    "throttle": "key count since until",
}  # fmt: skip
