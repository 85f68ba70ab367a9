"""Pages of accounts: sign-in, invitation, second factor, one's own account, members of a structure."""
