"""Pages of the contracts: what was bought, from whom, what is owed, where it stands.

Addresses under `marches/`, `engagements/`, `entreprises/`, `maitres-d-ouvrage/`. The pages read by the queries of
procurement, commitments and hours, and write by their operations.
"""
