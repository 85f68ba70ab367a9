"""What leaves the house as a document: frozen facts, numbered, hashed, never changed.

Words: a *report* is an issued document with its facts and bytes; a correction is a new report that cites the old one.
What the room does not do: it computes no figure of its own; facts come from the rooms below."""
