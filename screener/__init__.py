"""A pre-screening questionnaire for the terminal. It prepares a talk with a clinician and never diagnoses."""

__version__ = "0.1.0"
