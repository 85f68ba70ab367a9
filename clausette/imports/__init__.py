"""What comes in from outside files: store, read, compare, confirm, apply.

Words: a *batch* is one file taken in; a *row* is one record of it with its problems and its fate; an *external
reference* ties a record of a source to the contract it became.
What the room does not do: it writes no contract itself, it calls the operations of the rooms below."""
