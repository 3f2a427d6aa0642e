"""``screener clinic``: the commands for people who run a clinic's store, one module each."""
