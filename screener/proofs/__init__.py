"""Proofs about content, for all responses at once. Each property is one module; they need the extra ``prove``."""
