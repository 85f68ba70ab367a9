"""The desk: « Ma journée » of each role, « Tableau de suivi », the search."""
