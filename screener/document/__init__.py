"""Summaries as files: one module for each format, and one function that writes a file."""
