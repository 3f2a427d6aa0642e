"""The summary of a response, as a document that no format can strip of its notice."""
