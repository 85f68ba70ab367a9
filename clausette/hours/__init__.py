"""Monthly hours: declared, controlled, validated, corrected, and where each engagement stands.

Words: a *statement* (relevé d'heures) is one month of one contract by one declarant; a *line* credits hours of one
work contract to one engagement; a *worked month* bounds the lines of a work contract in a month.
What the room does not do: documents (`reports`), penalties."""
