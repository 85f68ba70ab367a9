"""Settings in small parts: base, database, security, services. `live` is what runs, `test` what tests run."""
