"""Forms of the people area: shape of what is typed, never a rule of eligibility."""
