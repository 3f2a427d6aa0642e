"""The differences between two versions of content: every text, condition and source, and every case that flips."""
