"""Documents: the list, what an attestation would say, the document issued and its PDF."""
