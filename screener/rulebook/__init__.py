"""The rule book: everything that is asked and everything that follows, as a document to read, print and sign."""
