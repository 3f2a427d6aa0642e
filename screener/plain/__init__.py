"""Plain mode: the interview as prompts and lines, for screen readers, simple terminals and pipes.

Lines are written and read, one after the other. Nothing is redrawn, coloured, framed or moved.
"""
