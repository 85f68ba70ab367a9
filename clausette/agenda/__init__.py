"""Who acts next, since when: read models of the first screens.

Words: a *next action* is one line of « Ma journée »; the *tableau de suivi* has one row per lot and titulaire.
What the room does not do: it writes nothing; it reads the rooms below through their queries."""
