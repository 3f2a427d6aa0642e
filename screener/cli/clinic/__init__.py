"""``screener clinic``: what the people who run a clinic's store do with it, one command a module."""
