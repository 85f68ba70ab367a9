"""The hard cases of the trade, one of each: small, exact, the same whatever the seed (MODEL §7)."""
