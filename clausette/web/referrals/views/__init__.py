"""Views of the referrals: those of the prescriber, those of the structure, those of both."""
