"""What lies over the pages of the staff's side."""
