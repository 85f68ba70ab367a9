"""« Dépôts sans compte »: what the facilitator opens, and the first page of who declares without an account."""
