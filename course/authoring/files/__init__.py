"""Writing a course in files, with an editor and version control."""
