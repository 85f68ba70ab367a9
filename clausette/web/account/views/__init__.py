"""One module per page of accounts."""
