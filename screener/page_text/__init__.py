"""What each page says to a person. The screens draw it and plain mode says it: the words stand here only."""
