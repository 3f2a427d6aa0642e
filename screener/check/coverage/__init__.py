"""What the cases show and what they leave unshown, and which topics of the evidence have a rule."""
