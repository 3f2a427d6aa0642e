"""Summaries as files: one module a format, and the one way a file is written."""
