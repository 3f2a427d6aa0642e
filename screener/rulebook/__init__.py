"""The rule book: all questions and all rules, as a document to read, print and sign."""
