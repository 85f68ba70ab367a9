"""Dated facts of law and practice: parameters, legal articles, eligible publics.

Words: a *dated parameter* is a value with the days between which it holds, its source and its reliability.
Every legal value of the product is a row here, never a constant in code.
What the room does not do: it decides nothing; rules of the upper rooms receive its values."""
