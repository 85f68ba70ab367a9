"""Tests of Clausette: one folder per room, `house` for the rules of the house."""
