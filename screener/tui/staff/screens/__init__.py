"""The pages of the staff's side."""
