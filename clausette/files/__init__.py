"""Bytes that people hand in: evidence of hours, official files, workbooks.

Words: a *stored file* is the bytes on disk, named by their hash, and the row that says whose they are.
The bytes are written before the row: a row never lacks its bytes.
What the room does not do: it does not know what a file proves; the rooms above point to it."""
