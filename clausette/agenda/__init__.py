"""Who acts next, since when: read models of the first screens; the reminders of the statements that firms owe.

Words: a *next action* is one line of « Ma journée »; the *tableau de suivi* has one row per lot and titulaire; the
*ladder* says which step of reminder comes on which day; a *letter* is the mail of one day to one organisation; a
*reminder* is one step made for one month of one marché.
What the room does not do: it decides nothing of hours; it reads the rooms below through their queries."""
