"""Clausette: what is owed, who works, what was counted, for the facilitators of social clauses."""
