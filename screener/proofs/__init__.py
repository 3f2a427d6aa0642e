"""Proofs about content, for all responses at once. One property a module; needs the extra ``prove``."""
