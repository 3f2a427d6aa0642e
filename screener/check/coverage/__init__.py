"""The coverage of the cases, and the topics of the evidence with and without a rule."""
