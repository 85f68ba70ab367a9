"""The gate: settings, addresses, entry points."""
