"""Small official tables, retyped with the source and the reliability of each row.

They are loaded once by a migration; afterwards the tables of the room are what counts.
"""
