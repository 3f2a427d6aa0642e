"""One person over time: a series of responses, its charts, what changed, and its document."""
