"""The question types, a module each; ``screener.model.question_types`` is their registry."""
