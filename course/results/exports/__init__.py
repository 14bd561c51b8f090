"""Tables of results as files: asked for on a page, written by a job, then downloaded."""
