"""What is owed: the engagement d'insertion, its versions, its schedule of dated parts.

Words: a *commitment* is the engagement d'insertion; a *version* is what it says from a date on, with its reason;
a *part* is a dated piece of the schedule, firm, conditional or cancelled; a *calibration* is the arithmetic.
What the room does not do: hours done (`hours`)."""
