"""The exit codes of the program, the same for every command."""

OK = 0
FAULT = 1
"""A defect of the program stopped it."""
MISTAKE = 2
"""The user, an author or the machine made a mistake that can be mended, and a sentence says how."""
LEFT = 3
"""The questionnaire was left before its end, or the input ended."""
TIMED_OUT = 4
"""Nobody came back to a kiosk."""
BROKEN = 5
"""A checksum, a key or the audit trail does not hold."""
DIFFERENT = 6
"""Two versions of the content differ."""
CLOSED = 7
"""Staff closed a kiosk."""
INTERRUPTED = 130
SIGNAL = 128
"""Ended by a signal: 128 and its number."""
