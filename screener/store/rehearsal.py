"""A change of the whole store that is tried first."""

from __future__ import annotations


class Rehearsed(Exception):
    """Everything went well, and is to be undone."""
