"""The summary of a response, as a document; no format can leave out its notice."""
