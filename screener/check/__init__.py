"""Checks of content: it loads, its cases hold, its words are allowed."""
