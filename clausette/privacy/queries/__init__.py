"""What the room shows: persons who may be erased, dues of retention, holdings of a person."""
