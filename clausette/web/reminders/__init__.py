"""Reminders: the firms to chase today, what was sent, the ladder and the texts of a structure."""
