"""Web area `directory`: the organisations a structure registered, and the card of each to complete."""
