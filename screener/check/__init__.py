"""Proof that content does what it claims: it loads, its cases hold, its words are allowed."""
