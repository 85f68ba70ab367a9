"""Database back end: PostgreSQL that refuses unsafe roles and stray writes."""
