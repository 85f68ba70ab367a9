"""The pages of the advice."""
