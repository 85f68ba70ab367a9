"""Advice to the buyer before the tender: is a social condition due, is it worth it, how many hours.

Words: a *waiver* is the reason for which a buyer leaves the social condition out; a *calibration* is a calculation of
hours, told with its arithmetic and the version of its rules. What the room does not do: it writes no engagement; what
is owed once a contract exists lives in `commitments`, whose formula this room reuses."""
