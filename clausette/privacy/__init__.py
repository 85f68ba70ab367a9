"""Data protection: erasing a person, retention and purge, access export, what the house holds of a person.

Words: to *erase* is to destroy a person's key and clear the personal columns, in every room; a *hold* keeps the data of
a person until a date that the law or a funder sets; the *erasure ledger* lives outside the database, so that a restore
cannot bring an erased person back. What the room does not do: its Python knows
no table of another room. `sec_erase.sql` does, one function for each room: erasing must reach rows that the structure
may no longer write. It stands above the rooms that bring in and take out,
because a workbook taken over and a report on its way hold persons too."""
