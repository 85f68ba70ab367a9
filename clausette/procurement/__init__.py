"""What was bought: operations, contracts, lots, awards, and who takes part in them.

Words: *contract* is always the procurement contract (marché, concession, convention); `ContractParty` is the one
table that says who takes part, hence who may see; a *works operation* is the project (opération).
What the room does not do: hours owed (`commitments`), people (`participants`)."""
