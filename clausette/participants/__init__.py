"""Who it is for: participants, checks of eligibility, and their reasons kept apart.

Words: a *participant* is one row per structure; a *check* (vérification d'éligibilité) carries the four dates that
are never merged; a *reason* (public retenu, critère) lives in a table of its own under a stricter policy.
What the room does not do: work contracts (`placements`). No social security number, no justice measure."""
