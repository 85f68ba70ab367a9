"""What becomes of a person: training actions, interviews, exit of the path and its follow-up, FSE+ entries.

Words: an *exit* (sortie) is the end of a path, never of a mission, confirmed by a person; a *follow-up point* is what
the person is 0, 3, 6 and 12 months after; a *funded entry* is one person in one funded operation, once more if they
come back. What the room does not do: work contracts (`placements`), hours (`hours`), the decision of eligibility.
No justice measure and no illness is ever written: a long absence has no reason here."""
