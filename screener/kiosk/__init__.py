"""The kiosk of a clinic: one process for each person, and a terminal that shows nothing of the last one.

It imports nothing of the questionnaire and none of its screens: it never sees an answer.
"""
