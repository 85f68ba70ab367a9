"""The references that are produced from the code: states, controls, journal verbs, personal data, settings, addresses.

`manage docs` writes them, `manage docs --check` says which ones no longer tell the truth.
"""
