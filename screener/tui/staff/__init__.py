"""The staff's side of the program: an app of its own, with nothing of it in a patient's."""
