"""Markdown with positions. Pure: no Flask, no database, no network, no clock, no randomness."""
